import type { Group } from '../../shared/workflow/annotations.ts';
import type { Position } from '../../shared/workflow/geometry.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import type { WorkflowEdge } from '../../shared/workflow/graph.ts';
import { plural } from '../i18n/t.ts';
import type { Folds } from '../stores/folding.ts';
import type { CanvasNode } from './canvasNodes.ts';
import { handlesOf } from './geometry.ts';
import type { Direction } from './geometry.ts';

/** The box of a collapsed group, which stands where a step would: the far view, the small picture and what follows the view know it as one. */
export function foldedNode(
  group: Group,
  position: Position,
  { selected, direction, readOnly }: { selected: boolean; direction: Direction; readOnly: boolean },
): CanvasNode {
  const { id, title, members } = group;
  const label = plural(
    members.length,
    'Group “{title}”, collapsed, {n} step',
    'Group “{title}”, collapsed, {n} steps',
    { title },
  );
  return {
    id,
    type: 'folded',
    position,
    selected,
    draggable: !readOnly,
    connectable: false,
    ariaLabel: label,
    measured: nodeSize,
    handles: handlesOf(direction, { ins: ['in'], outs: ['out'], fails: false }),
    data: {
      node: { id, kind: '', version: 1, title, config: {}, position },
      definition: undefined,
      ports: [],
      connected: '',
      direction,
      label,
      container: null,
      group,
    },
  };
}

/** A connection as it is drawn: one into or out of a collapsed group leads to its box. Null where it is hidden in one. */
export function foldedEdge(edge: WorkflowEdge, folds: Folds): WorkflowEdge | null {
  const [from, to] = [folds.get(edge.source), folds.get(edge.target)];
  if (from === undefined && to === undefined) return edge;
  if (from === to) return null;
  return {
    // No connection of the document: nothing can be put into it or be done with it.
    id: `fold:${edge.id}`,
    source: from ?? edge.source,
    sourcePort: from === undefined ? edge.sourcePort : 'out',
    target: to ?? edge.target,
    targetPort: to === undefined ? edge.targetPort : 'in',
  };
}
