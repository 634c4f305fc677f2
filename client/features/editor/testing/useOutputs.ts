import type { PinnedOutput } from '../../../../shared/workflow/graph.ts';
import { scopeOf } from '../../../nodes/expression/scope.ts';
import { useEditor, useEditorStore, useRunStore } from '../../../stores/context.tsx';
import { useStepPlaces } from '../run/item-choice.ts';

/** What a step put out last, in the form of a pin; an example of its kind where it has not run. */
export function useOutputs(): (id: string) => { pinned: PinnedOutput; isExample: boolean } {
  const runs = useRunStore();
  const store = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const placeOf = useStepPlaces();
  return (id) => {
    const { address } = placeOf(id);
    const seen = runs.seenAt(address);
    const output = runs.wholeSeen(address);
    if (seen?.step.status === 'done' && output !== undefined) {
      const { port } = seen.step;
      return { pinned: { output, ...(port === undefined ? {} : { port }) }, isExample: false };
    }
    const node = graph.nodes.find((one) => one.id === id);
    const definition = node && store.catalogue.get(node.kind);
    const parsed = definition?.config.safeParse(node?.config);
    const earlier = (step: string) =>
      graph.nodes.find((one) => one.id === step)?.pinned?.output ?? runs.wholeSeen(placeOf(step).address);
    const { scope } = scopeOf(graph, store.catalogue, id, earlier, new Date());
    const example = parsed?.success ? definition?.sample(parsed.data, scope['input']) : {};
    return { pinned: { output: example ?? {} }, isExample: true };
  };
}
