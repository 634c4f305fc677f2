import { Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { nodeOf } from '../../../shared/engine/address.ts';
import { t, translate } from '../../i18n/t.ts';
import { scopeOf, suggestionsOf } from '../../nodes/expression/scope.ts';
import { useEditor, useEditorStore, useRun, useRunStore } from '../../stores/context.tsx';
import { DataTree } from './DataTree.tsx';
import { usePanel } from './context.tsx';
import { useStepPlaces } from './item-choice.ts';

/** What earlier steps produce: what they really did in the run on the canvas or in the last preview, else an example. */
export function useUpstream(nodeId: string) {
  const store = useEditorStore();
  const runs = useRunStore();
  const graph = useEditor((state) => state.graph);
  const steps = useRun((state) => state.steps);
  // Expressions show one instant for as long as the step is open.
  const [now] = useState(() => new Date());
  const preview = usePanel((state) => state.lastPreview);
  const placeOf = useStepPlaces();
  return useMemo(() => {
    // Of what runs for each item, the first one that was shown.
    const previewed = new Map(preview?.steps.toReversed().map((step) => [nodeOf(step.nodeId), step.output]));
    const seen = (id: string) =>
      (steps[id] === undefined ? undefined : runs.wholeOutputOf(placeOf(id).address)) ?? previewed.get(id) ?? undefined;
    const { levels } = placeOf(nodeId);
    const indexIn = (container: string) => levels.find((level) => level.container.id === container)?.index ?? 0;
    const result = scopeOf(graph, store.catalogue, nodeId, seen, now, indexIn);
    return { scope: result.scope, origins: result.origins, suggestions: suggestionsOf(result) };
  }, [graph, nodeId, steps, now, preview, runs, store, placeOf]);
}

/** Data of the run on the canvas, else of the last preview, else an example that says so. */
export function StepData({ id, side }: { id: string; side: 'input' | 'output' }) {
  const store = useEditorStore();
  const runs = useRunStore();
  const hasRun = useRun((state) => state.steps[id] !== undefined);
  useRun((state) => state.loaded);
  const { address } = useStepPlaces()(id);
  const step = hasRun ? runs.viewAt(address) : undefined;
  const preview = usePanel((state) => state.lastPreview?.steps.find((one) => nodeOf(one.nodeId) === id));
  const upstream = useUpstream(id);
  if (step?.error !== undefined && side === 'output' && step.status !== 'done') {
    return (
      <>
        <Text c="red" mb="sm">
          {translate(step.error.message)}
        </Text>
        {step.error.details === undefined ? null : <DataTree value={step.error.details} />}
      </>
    );
  }
  if (step?.status === 'skipped' && address !== id) return <Text c="dimmed">{t('Skipped for this item.')}</Text>;
  const real = side === 'input' ? runs.inputOf(address) : runs.outputOf(address);
  if (step !== undefined && step.status !== 'pending' && real !== undefined)
    return <DataTree value={real} note={t('From the run on the canvas')} />;
  if (side === 'output' && preview?.output !== undefined && preview.output !== null) {
    return (
      <DataTree
        value={preview.output}
        note={preview.exact ? t('From the last preview') : t('From the last preview, an example')}
      />
    );
  }
  const input = (upstream.scope as unknown as { input: unknown }).input;
  const node = store.getState().graph.nodes.find((one) => one.id === id);
  const definition = node === undefined ? undefined : store.catalogue.get(node.kind);
  const parsed = definition?.config.safeParse(node?.config);
  const example = side === 'input' ? input : parsed?.success ? definition?.sample(parsed.data, input) : undefined;
  return <DataTree value={example} note={t('An example. Run or preview the workflow to see real data.')} />;
}
