import { containersOf } from '../../../../shared/workflow/containers.ts';
import { nodesById } from '../../../stores/container-edits.ts';
import { foldsOf } from '../../../stores/folding.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { flowOrder } from '../../../stores/graph-edits.ts';

/** The step after, before or beside the selected one, seen along the flow. */
export function walk(store: EditorStore, key: string): void {
  const { graph, selected, select } = store.getState();
  const folds = foldsOf(graph);
  const seen = (id: string | undefined) => (id === undefined ? undefined : (folds.get(id) ?? id));
  const [from] = selected;
  const order = flowOrder(graph);
  if (from === undefined) {
    const first = seen(order[0]?.id);
    if (first !== undefined) select([first]);
    return;
  }
  const down = graph.direction === 'down';
  const forward = key === (down ? 'ArrowDown' : 'ArrowRight');
  const backward = key === (down ? 'ArrowUp' : 'ArrowLeft');
  // Of a collapsed group, what leads into it and out of it.
  const leaving = graph.edges.find(({ source, target }) => folds.get(source) === from && folds.get(target) !== from);
  const coming = graph.edges.find(({ source, target }) => folds.get(target) === from && folds.get(source) !== from);
  const next = leaving?.target ?? followerOf(store, from);
  const previous = coming?.source ?? graph.edges.find((edge) => edge.target === from)?.source;
  const target = forward
    ? next
    : backward
      ? previous
      : siblingOf(store, from, key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1);
  const shown = seen(target);
  if (shown === undefined) return;
  select([shown]);
  // Chosen by an arrow key: Tab adds behind it.
  document.activeElement?.removeAttribute('data-reached');
}

/** Into a container first; from the last step inside on to what follows the container. */
function followerOf(store: EditorStore, from: string): string | undefined {
  const { graph } = store.getState();
  const nodes = nodesById(graph);
  const ways = (id: string) => graph.edges.filter((edge) => edge.source === id);
  const inside = ways(from).find((edge) => nodes.get(edge.target)?.parent === from);
  const next = inside ?? ways(from)[0];
  if (next !== undefined) return next.target;
  for (const { id } of containersOf(nodes, from)) {
    const after = ways(id).find((edge) => nodes.get(edge.target)?.parent !== id);
    if (after !== undefined) return after.target;
  }
  return undefined;
}

/** Steps that follow the same step stand side by side, in the order of their places. */
function siblingOf(store: EditorStore, id: string, by: 1 | -1): string | undefined {
  const { graph } = store.getState();
  const parents = new Set(graph.edges.filter((edge) => edge.target === id).map((edge) => edge.source));
  const ids = new Set(graph.edges.filter((edge) => parents.has(edge.source)).map((edge) => edge.target));
  const along = graph.direction === 'down' ? 'x' : 'y';
  const row = graph.nodes.filter((node) => ids.has(node.id)).sort((a, b) => a.position[along] - b.position[along]);
  return row[row.findIndex((node) => node.id === id) + by]?.id;
}
