import type { RunSummary } from '../../shared/workflow/run.ts';
import { t } from '../i18n/t.ts';

/** Why a run was made from an earlier one, in words; null for an ordinary run. */
export function reasonInWords(reason: RunSummary['reason']): string | null {
  switch (reason) {
    case null:
      return null;
    case 'rerun':
      return t('Rerun');
    case 'retry':
      return t('Tried again');
    case 'replay':
      return t('Replay');
    case 'test':
      return t('Test of a part');
  }
}
