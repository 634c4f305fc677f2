import type { Node, XYPosition } from '@xyflow/react';
import { useMemo } from 'react';
import type { Group, Note } from '../../../shared/workflow/annotations.ts';
import { plural, t } from '../../i18n/t.ts';
import { containersOf } from '../../../shared/workflow/containers.ts';
import type { WorkflowNode } from '../../../shared/workflow/graph.ts';
import { groupFrames } from '../../stores/annotation-edits.ts';
import { boxesOn, nodesById } from '../../stores/container-edits.ts';
import { useEditor, useEditorStore } from '../../stores/context.tsx';
import type { Box } from '../boxes.ts';
import { placedAt, useFolds } from '../canvasNodes.ts';
import type { CanvasNode } from '../canvasNodes.ts';

export type NoteNode = Node<{ note: Note }, 'note'>;
/** Not `group`: that is a kind of React Flow's own, with its own look. */
export type GroupNode = Node<{ group: Group; width: number; height: number }, 'frame'>;

/** Whatever lies on the canvas. */
export type AnyNode = CanvasNode | NoteNode | GroupNode;

const nothing: readonly (NoteNode | GroupNode)[] = [];
/** What React Flow lifts selected nodes by: a selected frame stays below its steps all the same. */
const selectedZ = 1_000;
const groundless = { pointerEvents: 'none' } as const;

/**
 * Notes and the frames of groups as React Flow wants them; behind the steps, but a note that is selected lies on top. `moving`: where steps and
 * notes are just now that the document has elsewhere.
 */
export function useAnnotationNodes(moving: ReadonlyMap<string, XYPosition> | null): readonly (NoteNode | GroupNode)[] {
  const { catalogue } = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const { notes, groups } = graph;
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  const folds = useFolds();
  const standing = useMemo(
    () => (groups === undefined ? null : { nodes: nodesById(graph), boxes: boxesOn(graph, catalogue) }),
    [graph, groups, catalogue],
  );
  const frames = useMemo(() => {
    if (standing === null) return null;
    const { nodes, boxes } = standing;
    const boxOf = (id: string) => movedBox(id, nodes, boxes.get(id), moving);
    return groupFrames(graph, catalogue, moving === null ? boxes : { get: boxOf });
  }, [standing, graph, catalogue, moving]);
  const noted = useMemo(
    () => (notes ?? []).map((note) => noteNode(note, selected.has(note.id), readOnly)),
    [notes, selected, readOnly],
  );
  return useMemo(() => {
    if (notes === undefined && groups === undefined) return nothing;
    const drawnGroups = (groups ?? []).flatMap((group): GroupNode[] => {
      const frame = frames?.get(group.id);
      // A collapsed one stands among the steps; one whose steps are all hidden in another has nothing to frame.
      const isHidden = group.members.every((one) => folds.has(one));
      return frame === undefined || isHidden ? [] : [groupNode(group, frame, selected.has(group.id), readOnly)];
    });
    return [...drawnGroups, ...placedAt(noted, moving)];
  }, [notes, noted, groups, frames, folds, selected, readOnly, moving]);
}

/** Where a step is seen while it, or a container around it, is somewhere else than in the document. */
function movedBox(
  id: string,
  nodes: ReadonlyMap<string, WorkflowNode>,
  box: Box | undefined,
  moving: ReadonlyMap<string, XYPosition> | null,
): Box | undefined {
  if (box === undefined || moving === null) return box;
  let { x, y } = box;
  for (const one of [id, ...containersOf(nodes, id).map((container) => container.id)]) {
    const [at, was] = [moving.get(one), nodes.get(one)?.position];
    if (at === undefined || was === undefined) continue;
    x += at.x - was.x;
    y += at.y - was.y;
  }
  return { ...box, x, y };
}

function noteNode(note: Note, selected: boolean, readOnly: boolean): NoteNode {
  const words = note.text
    .replace(/[#*_`>[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return {
    id: note.id,
    type: 'note',
    position: note.position,
    selected,
    draggable: !readOnly,
    connectable: false,
    zIndex: -5,
    measured: note.size,
    ariaLabel: words === '' ? t('Empty note') : t('Note: {text}', { text: words }),
    data: { note },
  };
}

function groupNode(
  group: Group,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  selected: boolean,
  readOnly: boolean,
): GroupNode {
  return {
    id: group.id,
    type: 'frame',
    position: { x, y },
    selected,
    // A selection box inside of the frame means the steps.
    selectable: false,
    focusable: true,
    draggable: !readOnly,
    connectable: false,
    zIndex: selected ? -selectedZ - 10 : -10,
    measured: { width, height },
    style: groundless,
    dragHandle: '.mw-frame-head',
    ariaLabel: plural(group.members.length, 'Group “{title}”, {n} step', 'Group “{title}”, {n} steps', {
      title: group.title,
    }),
    data: { group, width, height },
  };
}
