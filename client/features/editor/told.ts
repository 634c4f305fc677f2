import { t } from '../../i18n/t.ts';
import { countChanges } from '../../../shared/workflow/changes.ts';
import type { GraphPatch } from '../../../shared/workflow/patch.ts';
import { announce } from '../../ui/announce.ts';
import { toastDone } from '../../ui/toast.ts';
import { changesInSentence } from './change-words.ts';

/** Says what somebody else's save has changed here. */
export function tellOfTheirs({ by, patch, merged }: { by: string | null; patch: GraphPatch; merged: boolean }): void {
  const changes = changesInSentence(countChanges(patch));
  const name = by ?? t('Somebody');
  // Whoever looks sees it happen, and several times while somebody types.
  if (merged) toastDone(t('Merged with changes by {name}: {changes}', { name, changes }));
  else announce(t('Changed by {name}: {changes}', { name, changes }));
}
