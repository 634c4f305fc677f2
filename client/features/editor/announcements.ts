import { useEffect } from 'react';
import { useEditorStore, useRunStore } from '../../stores/context.tsx';
import { announce } from '../../ui/announce.ts';
import { eventInWords } from './RunLog.tsx';

/** Tells screen readers how the run goes, politely and at most once a second. */
export function useRunAnnouncements(): void {
  const store = useEditorStore();
  const runs = useRunStore();
  useEffect(
    () =>
      runs.subscribe((state, before) => {
        const last = state.events.at(-1);
        if (state.events === before.events || last === undefined || last.type === 'step.intent') return;
        const node = 'node' in last ? store.getState().graph.nodes.find((one) => one.id === last.node) : undefined;
        announce(eventInWords(last, node?.title ?? ''));
      }),
    [runs, store],
  );
}
