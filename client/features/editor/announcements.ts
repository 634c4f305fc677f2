import { useEffect } from 'react';
import { useEditorStore, useRunStore } from '../../stores/context.tsx';
import { announce } from '../../ui/announce.ts';
import { addressInWords } from './item-choice.ts';
import { eventInWords } from './event-words.ts';

/** Tells screen readers how the run goes, politely and at most once a second. */
export function useRunAnnouncements(): void {
  const store = useEditorStore();
  const runs = useRunStore();
  useEffect(
    () =>
      runs.subscribe((state, before) => {
        const last = state.events.at(-1);
        if (state.events === before.events || last === undefined || last.type === 'step.intent') return;
        const titles = new Map(store.getState().graph.nodes.map((node) => [node.id, node.title]));
        announce(eventInWords(last, 'node' in last ? addressInWords(last.node, titles) : ''));
      }),
    [runs, store],
  );
}
