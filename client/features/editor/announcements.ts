import { useEffect } from 'react';
import { useEditorStore, useRunStore } from '../../stores/context.tsx';
import { announce } from '../../ui/announce.ts';
import { addressInWords } from './run/item-choice.ts';

/** Needed from the first run on. */
const loadWords = () => import('./run/event-words.ts');

/** Tells screen readers how the run goes, politely and at most once a second. */
export function useRunAnnouncements(): void {
  const store = useEditorStore();
  const runs = useRunStore();
  useEffect(
    () =>
      runs.subscribe((state, before) => {
        const last = state.events.at(-1);
        if (state.events === before.events || last === undefined || last.type === 'step.intent') return;
        const titleOf = (id: string) => store.getState().graph.nodes.find((node) => node.id === id)?.title;
        const step = 'node' in last ? addressInWords(last.node, { get: titleOf }) : '';
        // What cannot be loaded is not said; the run shows on the canvas all the same.
        loadWords().then(
          ({ eventInWords }) => announce(eventInWords(last, step)),
          () => undefined,
        );
      }),
    [runs, store],
  );
}
