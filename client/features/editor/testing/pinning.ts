import { limits } from '../../../../shared/workflow/graph.ts';
import type { PinnedOutput } from '../../../../shared/workflow/graph.ts';
import { t } from '../../../i18n/t.ts';
import { setNodeOption } from '../../../stores/graph-edits.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { announce } from '../../../ui/announce.ts';
import { formatBytes } from '../../../ui/format.ts';
import { toastProblem } from '../../../ui/toast.ts';

/** Pins an output to a step, as one entry of the history. False: it is too large, and the person has been told. */
export function pin(store: EditorStore, id: string, pinned: PinnedOutput): boolean {
  const { graph, change } = store.getState();
  const bytes = bytesOf(pinned.output);
  const others = graph.nodes.reduce(
    (sum, node) => (node.id === id || node.pinned === undefined ? sum : sum + bytesOf(node.pinned.output)),
    0,
  );
  const isTooLarge = bytes > limits.pinBytes;
  if (isTooLarge || bytes + others > limits.pinsBytes) {
    const most = formatBytes(isTooLarge ? limits.pinBytes : limits.pinsBytes);
    const has = formatBytes(isTooLarge ? bytes : bytes + others);
    toastProblem(
      t('This output is too large to be pinned'),
      isTooLarge
        ? t('It has {has}; at most {most} can be pinned. Edit it to a smaller one.', { has, most })
        : t('With it, the pins of this workflow would have {has}; at most {most} can be pinned.', { has, most }),
    );
    return false;
  }
  change(t('Pin output'), (current) => setNodeOption(current, id, 'pinned', pinned), `pin:${id}`);
  announce(t('Output pinned. Test runs use it and do not run the step.'));
  return true;
}

export function unpin(store: EditorStore, ids: Iterable<string>): void {
  store
    .getState()
    .change(t('Unpin output'), (graph) =>
      [...ids].reduce((result, id) => setNodeOption(result, id, 'pinned', undefined), graph),
    );
  announce(t('Output unpinned'));
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value ?? null)).length;
}
