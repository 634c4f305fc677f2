import { NativeSelect, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { nodeOf } from '../../../../shared/engine/address.ts';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { t, translate } from '../../../i18n/t.ts';
import { insertion, insertPath } from '../../../nodes/expression/insertion.ts';
import { joinPath, scopeOf, suggestionsOf } from '../../../nodes/expression/scope.ts';
import { useEditor, useEditorStore, useRun, useRunStore } from '../../../stores/context.tsx';
import type { SeenStep } from '../../../stores/runs.ts';
import { announce } from '../../../ui/announce.ts';
import { toastDone } from '../../../ui/toast.ts';
import { formatInstant } from '../../../ui/format.ts';
import { DataView } from './DataView.tsx';
import { usePanel } from '../context.tsx';
import { useStepPlaces } from '../run/item-choice.ts';
import { PinnedOutput } from '../testing/PinnedOutput.tsx';
import { sourceInWords } from '../testing/words.ts';

/** What earlier steps produce: what they really did in the run on the canvas or in the last preview, else an example. */
export function useUpstream(nodeId: string) {
  const store = useEditorStore();
  const runs = useRunStore();
  const graph = useEditor((state) => state.graph);
  const steps = useRun((state) => state.steps);
  const recalled = useRun((state) => state.recalled);
  const readOnly = useEditor((state) => state.readOnly);
  // Expressions show one instant for as long as the step is open.
  const [now] = useState(() => new Date());
  const preview = usePanel((state) => state.lastPreview);
  const placeOf = useStepPlaces();
  return useMemo(() => {
    // Of what runs for each item, the first one that was shown.
    const previewed = new Map(preview?.steps.toReversed().map((step) => [nodeOf(step.nodeId), step.output]));
    const pins = new Map(graph.nodes.flatMap(({ id, pinned }) => (pinned === undefined ? [] : [[id, pinned.output]])));
    const seen = (id: string) =>
      (readOnly ? undefined : pins.get(id)) ??
      (steps === null && recalled === null ? undefined : runs.wholeSeen(placeOf(id).address)) ??
      previewed.get(id) ??
      undefined;
    const { levels } = placeOf(nodeId);
    const indexIn = (container: string) => levels.find((level) => level.container.id === container)?.index ?? 0;
    const result = scopeOf(graph, store.catalogue, nodeId, seen, now, indexIn);
    return { scope: result.scope, origins: result.origins, suggestions: suggestionsOf(result) };
  }, [graph, nodeId, steps, recalled, readOnly, now, preview, runs, store, placeOf]);
}

/** What a step got: of its own input, or of any step before it, with each field ready to be put into a setting. */
export function StepInput({ node }: { node: WorkflowNode }) {
  const runs = useRunStore();
  const upstream = useUpstream(node.id);
  const readOnly = useEditor((state) => state.readOnly);
  const titles = useTitles();
  const [chosen, setChosen] = useState('input');
  const target = useStore(insertion, (state) => state.target);
  const { address } = useStepPlaces()(node.id);
  const note = useDataNote();
  const seen = useSeen(address);
  const scope = upstream.scope as unknown as { input: unknown; trigger: unknown; steps: Record<string, unknown> };
  const steps = Object.keys(scope.steps);
  const from = chosen.startsWith('steps.') && !steps.includes(chosen.slice(6)) ? 'input' : chosen;
  const pinnedBefore = usePinnedBefore(node.id);
  const own = seen !== undefined && !pinnedBefore ? runs.seenAt(address) : undefined;
  const value =
    from === 'input' ? (own?.input ?? scope.input) : from === 'trigger' ? scope.trigger : scope.steps[from.slice(6)];
  const words =
    from === 'input' && own !== undefined
      ? note(own.from, node.id)
      : from === 'input'
        ? t('From what stands before it. Run the step to see what it really gets.')
        : originInWords(from === 'trigger' ? undefined : upstream.origins.get(from.slice(6)));
  return (
    <>
      <NativeSelect
        size="xs"
        mb={10}
        aria-label={t('Data of')}
        value={from}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          { value: 'input', label: t('Input of this step') },
          { value: 'trigger', label: t('What started the run') },
          ...steps.map((id) => ({ value: `steps.${id}`, label: titles.get(id) ?? id })),
        ]}
      />
      <DataView
        value={value}
        note={words}
        path={from.startsWith('steps.') ? joinPath('steps', from.slice(6)) : from}
        onInsert={
          readOnly || target === null
            ? undefined
            : (path) => {
                insertPath(target.view, path);
                const said = t('{path} inserted into {field}', { path, field: target.label });
                // Behind another tab nobody sees it arrive.
                if (target.view.dom.checkVisibility()) announce(said);
                else toastDone(said);
              }
        }
      />
      {readOnly ? null : (
        <Text size="xs" c="dimmed" mt={10}>
          {target === null
            ? t('Drag a field into a setting; or click a setting first, then Insert beside the field.')
            : t('Insert puts a field into “{field}”.', { field: target.label })}
        </Text>
      )}
    </>
  );
}

/** What a step put out: pinned, in the run on the canvas or the one before, in the last preview, else an example that says so. */
export function StepOutput({ node }: { node: WorkflowNode }) {
  return (
    <>
      <PinnedOutput node={node} />
      <OutputData node={node} />
    </>
  );
}

function OutputData({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const runs = useRunStore();
  const { id } = node;
  const { address } = useStepPlaces()(id);
  const seen = useSeen(address);
  const hasRun = useRun((state) => state.steps[id] !== undefined);
  const preview = usePanel((state) => state.lastPreview?.steps.find((one) => nodeOf(one.nodeId) === id));
  const upstream = useUpstream(id);
  const note = useDataNote();
  // For the steps after it; in settings of its own it would speak of itself.
  const path = joinPath('steps', id);
  const view = hasRun ? runs.viewAt(address) : undefined;
  if (view?.error !== undefined && view.status !== 'done') {
    return (
      <>
        <Text c="red" mb="sm">
          {translate(view.error.message)}
        </Text>
        {view.error.details === undefined ? null : <DataView value={view.error.details} />}
      </>
    );
  }
  if (node.pinned !== undefined && !store.getState().readOnly)
    return <DataView value={node.pinned.output} note={t('The pinned output')} path={path} fixed />;
  if (view?.status === 'skipped' && address !== id) return <Text c="dimmed">{t('Skipped for this item.')}</Text>;
  const live = hasRun && seen === undefined ? runs.outputOf(address) : undefined;
  if (seen !== undefined && seen.output !== undefined)
    return <DataView value={seen.output} note={note(seen.from, id)} path={path} fixed />;
  if (live !== undefined) return <DataView value={live} note={note('canvas', id)} path={path} fixed />;
  if (preview?.output !== undefined && preview.output !== null) {
    const words = preview.exact ? t('From the last preview') : t('From the last preview, an example');
    return <DataView value={preview.output} note={words} path={path} fixed />;
  }
  const definition = store.catalogue.get(node.kind);
  const parsed = definition?.config.safeParse(node.config);
  const input = (upstream.scope as unknown as { input: unknown }).input;
  const example = parsed?.success ? definition?.sample(parsed.data, input) : undefined;
  return (
    <DataView value={example} note={t('An example. Run or preview the workflow to see real data.')} path={path} fixed />
  );
}

/** The step as it was seen last. The run store says by its steps, and by what it has taken in, that there is something new. */
function useSeen(address: string): SeenStep | undefined {
  const runs = useRunStore();
  const steps = useRun((state) => state.steps);
  const recalled = useRun((state) => state.recalled);
  const loaded = useRun((state) => state.loaded);
  return useMemo(
    () => (steps === null && recalled === null && loaded === 0 ? undefined : runs.seenAt(address)),
    [runs, steps, recalled, loaded, address],
  );
}

function useTitles(): ReadonlyMap<string, string> {
  const graph = useEditor((state) => state.graph);
  return useMemo(() => new Map(graph.nodes.map(({ id, title }) => [id, title])), [graph]);
}

/** Whether what leads to a step is pinned: then its input is not what an earlier run says. */
function usePinnedBefore(id: string): boolean {
  return useEditor(({ graph }) => {
    const sources = new Set(graph.edges.flatMap((edge) => (edge.target === id ? [edge.source] : [])));
    return graph.nodes.some((node) => sources.has(node.id) && node.pinned !== undefined);
  });
}

/** Where data comes from, in words. */
function useDataNote(): (from: 'canvas' | 'earlier', id: string) => string {
  const recalled = useRun((state) => state.recalled);
  const first = useRun((state) => state.events[0]);
  const section = first?.type === 'run.started' ? first.section : undefined;
  return (from, id) => {
    const source = from === 'canvas' ? section?.sources[id] : undefined;
    if (source !== undefined) return t('In this test: {source}', { source: sourceInWords(source) });
    if (from === 'canvas') return t('From the run on the canvas');
    return recalled === null
      ? t('From an earlier run')
      : t('From the last run, {when}', { when: formatInstant(recalled.at) });
  };
}

function originInWords(origin: 'seen' | 'example' | undefined): string {
  return origin === 'example' ? t('An example: this step has not run yet.') : t('From the last run, preview or pin');
}
