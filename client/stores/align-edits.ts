import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { withContent } from '../../shared/workflow/containers.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { layoutGraph } from '../../shared/workflow/layout.ts';
import { boundsOf, moveAll, stepsOf } from './annotation-edits.ts';
import { boxesOn, nodesById, outermost, settled } from './container-edits.ts';
import type { Box } from './container-edits.ts';
import type { Point } from './graph-edits.ts';

/** Putting a selection in order, as pure functions: the graph in, the changed graph out. */

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Axis = 'x' | 'y';

interface Thing {
  id: string;
  /** Where it is seen on the canvas. */
  box: Box;
  /** What the document says: within a container for a step that stands in one. */
  position: Point;
}

/** What is moved when these are: outermost steps, and notes. */
function thingsOf(graph: WorkflowGraph, ids: ReadonlySet<string>, catalogue: NodeCatalogue): Thing[] {
  const boxes = boxesOn(graph, catalogue);
  const nodes = nodesById(graph);
  const steps = outermost(nodes, stepsOf(graph, ids)).flatMap((id): Thing[] => {
    const box = boxes.get(id);
    return box === undefined ? [] : [{ id, box, position: nodes.get(id)!.position }];
  });
  const notes = (graph.notes ?? [])
    .filter(({ id }) => ids.has(id))
    .map(({ id, position, size }): Thing => ({ id, position, box: { ...position, ...size } }));
  return [...steps, ...notes];
}

/** Moves things so that each is seen at its wanted place along the given axes. */
function placed(
  graph: WorkflowGraph,
  things: readonly Thing[],
  wanted: (thing: Thing) => Partial<Point>,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const places = new Map<string, Point>();
  for (const thing of things) {
    const { x = thing.box.x, y = thing.box.y } = wanted(thing);
    if (x === thing.box.x && y === thing.box.y) continue;
    places.set(thing.id, { x: thing.position.x + x - thing.box.x, y: thing.position.y + y - thing.box.y });
  }
  return places.size === 0 ? graph : settled(graph, moveAll(graph, places, catalogue), catalogue);
}

/** Lines up what is chosen with the outermost of them. */
export function align(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
  to: Alignment,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const things = thingsOf(graph, ids, catalogue);
  const whole = boundsOf(things.map(({ box }) => box));
  if (whole === null || things.length < 2) return graph;
  const places: Record<Alignment, (box: Box) => Partial<Point>> = {
    left: () => ({ x: whole.x }),
    centre: (box) => ({ x: whole.x + (whole.width - box.width) / 2 }),
    right: (box) => ({ x: whole.x + whole.width - box.width }),
    top: () => ({ y: whole.y }),
    middle: (box) => ({ y: whole.y + (whole.height - box.height) / 2 }),
    bottom: (box) => ({ y: whole.y + whole.height - box.height }),
  };
  return placed(graph, things, ({ box }) => places[to](box), catalogue);
}

/** Makes the gaps along an axis equal; the first and the last stay. Where they do not fit in between, they follow each other 16 px apart. */
export function distribute(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
  axis: Axis,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const length = axis === 'x' ? 'width' : 'height';
  const row = thingsOf(graph, ids, catalogue).toSorted((a, b) => a.box[axis] - b.box[axis]);
  const [first, last] = [row[0], row.at(-1)];
  if (first === undefined || last === undefined || row.length < 3) return graph;
  const filled = row.reduce((sum, { box }) => sum + box[length], 0);
  const room = last.box[axis] + last.box[length] - first.box[axis] - filled;
  const gap = room < 0 ? 16 : room / (row.length - 1);
  const places = new Map<string, number>();
  let at = first.box[axis];
  for (const { id, box } of row) {
    places.set(id, Math.round(at));
    at += box[length] + gap;
  }
  return placed(graph, row, ({ id }) => ({ [axis]: places.get(id)! }), catalogue);
}

/** Lays out the chosen steps among themselves; their upper left corner stays where it was, and so does every other step. */
export function tidySteps(graph: WorkflowGraph, ids: ReadonlySet<string>, catalogue: NodeCatalogue): WorkflowGraph {
  const nodes = nodesById(graph);
  const levels = Map.groupBy(outermost(nodes, stepsOf(graph, ids)), (id) => nodes.get(id)?.parent);
  return [...levels.values()].reduce((result, level) => {
    const inside = withContent(graph.nodes, level);
    const top = new Set(level);
    const part = {
      nodes: graph.nodes
        .filter(({ id }) => inside.has(id))
        .map(({ id, kind, parent }) => ({ id, kind, parent: top.has(id) ? undefined : parent })),
      edges: graph.edges.filter(({ source, target }) => inside.has(source) && inside.has(target)),
      direction: graph.direction,
    };
    const laid = layoutGraph(part, catalogue);
    const corner = (points: readonly Point[]) => ({
      x: Math.min(...points.map(({ x }) => x)),
      y: Math.min(...points.map(({ y }) => y)),
    });
    const was = corner(level.map((id) => nodes.get(id)!.position));
    const is = corner(level.flatMap((id) => laid.get(id) ?? []));
    const places = new Map(
      [...laid].map(([id, at]) => [
        id,
        top.has(id) ? { x: Math.round(at.x + was.x - is.x), y: Math.round(at.y + was.y - is.y) } : at,
      ]),
    );
    return settled(result, moveAll(result, places, catalogue), catalogue);
  }, graph);
}
