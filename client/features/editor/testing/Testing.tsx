import { useEffect, useEffectEvent } from 'react';
import type { SectionMode } from '../../../../shared/workflow/run.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore, useRun, useRunStore } from '../../../stores/context.tsx';
import { useCommands } from '../../../ui/hotkeys.ts';
import { toastDone } from '../../../ui/toast.ts';
import { usePanel, usePanels, useSession } from '../context.tsx';
import type { useRunning } from '../run/running.ts';
import { unpin, pin } from './pinning.ts';
import { runPart } from './run-part.ts';
import { standsOnInWords } from './words.ts';
import { useLastRun } from './useLastRun.ts';
import { useOutputs } from './useOutputs.ts';

/** Commands for testing a part and for pins, and whoever asks for a test from elsewhere on the page. Draws nothing. */
export function Testing({ running }: { running: ReturnType<typeof useRunning> }) {
  const session = useSession();
  const panels = usePanels();
  const store = useEditorStore();
  const request = usePanel((state) => state.test);
  const only = useEditor((state) => (state.selected.size === 1 ? [...state.selected][0] : undefined));
  const kind = useEditor((state) => state.graph.nodes.find((node) => node.id === only)?.kind);
  const selected = useEditor((state) => state.selected);
  const outputOf = useOutputs();
  useLastRun();
  const run = (part: { node: string; mode: SectionMode }) => {
    panels.setState({ test: null });
    void runPart(session, panels, running.start.mutateAsync, part);
  };
  const runRequested = useEffectEvent(run);
  useEffect(() => {
    if (request !== null) runRequested(request);
  }, [request]);
  const isTrigger = kind !== undefined && store.catalogue.get(kind)?.group === 'trigger';
  const group = t('Test');
  const part = (mode: SectionMode) => () => only !== undefined && run({ node: only, mode });
  useCommands([
    {
      id: 'test.only',
      group,
      label: t('Run this step'),
      keys: ['shift+enter'],
      enabled: only !== undefined && !isTrigger,
      run: part('only'),
    },
    {
      id: 'test.until',
      group,
      label: t('Run up to this step'),
      enabled: only !== undefined && !isTrigger,
      run: part('until'),
    },
    { id: 'test.from', group, label: t('Run from this step on'), enabled: only !== undefined, run: part('from') },
    {
      id: 'test.pin',
      group,
      label: t('Pin or unpin the output'),
      keys: ['p'],
      enabled: selected.size > 0,
      run: () => togglePins(store, selected, outputOf),
    },
  ]);
  useStandsOn();
  return null;
}

/** Unpins when all of the steps are pinned; else pins those that are not. */
function togglePins(
  store: ReturnType<typeof useEditorStore>,
  ids: ReadonlySet<string>,
  outputOf: ReturnType<typeof useOutputs>,
): void {
  const nodes = store.getState().graph.nodes.filter((node) => ids.has(node.id));
  const open = nodes.filter((node) => node.pinned === undefined);
  if (open.length === 0) return unpin(store, ids);
  for (const node of open) {
    const found = outputOf(node.id);
    const done = pin(store, node.id, found.pinned);
    if (done && found.isExample)
      toastDone(
        t('“{title}” has not run yet: an example of its output is pinned. Edit it under Output.', {
          title: node.title,
        }),
      );
  }
}

/** Says once what a test of a part stands on. */
function useStandsOn(): void {
  const graph = useEditor((state) => state.graph);
  const runId = useRun((state) => state.runId);
  const hasBegun = useRun((state) => state.events.length > 0);
  const runs = useRunStore();
  const say = useEffectEvent(() => {
    const [first] = runs.getState().events;
    // A run that is taken up again after a reload is no news.
    if (first?.type !== 'run.started' || first.section === undefined || Date.now() - first.at > newsMs) return;
    const words = standsOnInWords(first.section, graph);
    if (words !== '') toastDone(words);
  });
  useEffect(() => {
    if (runId !== null && hasBegun) say();
  }, [runId, hasBegun]);
}

const newsMs = 15_000;
