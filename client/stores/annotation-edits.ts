import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import {
  annotationLimits,
  isGroupId,
  nextAnnotationId,
  noteBounds,
  paleColors,
  withAnnotations,
} from '../../shared/workflow/annotations.ts';
import type { Group, Note, PaleColor } from '../../shared/workflow/annotations.ts';
import { nodeSize } from '../../shared/workflow/geometry.ts';
import type { Size } from '../../shared/workflow/geometry.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { t } from '../i18n/t.ts';
import { boxesOn, nodesById, outermost } from './container-edits.ts';
import type { Box } from './container-edits.ts';
import { moveNodes } from './graph-edits.ts';
import type { Point } from './graph-edits.ts';

/** Changes of notes and groups as pure functions: the graph in, the changed graph out. */

const newNoteSize: Size = { width: 240, height: 160 };
/** Between a group's frame and the steps in it; on top its title. In steps of the canvas' grid. */
const frameRoom = { side: 24, top: 56, bottom: 24 } as const;

const idsOf = (list: readonly { id: string }[] | undefined) => new Set((list ?? []).map(({ id }) => id));

/**
 * Adds an empty note with its middle at a point, or right of it where it would cover something; null where there are as many as a workflow
 * may have.
 */
export function addNote(
  graph: WorkflowGraph,
  middle: Point,
  catalogue: NodeCatalogue,
): { graph: WorkflowGraph; id: string } | null {
  const notes = graph.notes ?? [];
  if (notes.length >= annotationLimits.notes) return null;
  const id = nextAnnotationId('note', idsOf(notes));
  const snapped = (value: number) => Math.round(value / 8) * 8;
  const taken = [
    ...boxesOn(graph, catalogue).values(),
    ...groupFrames(graph, catalogue).values(),
    ...notes.map(({ position: at, size }) => ({ ...at, ...size })),
  ];
  const position = { x: snapped(middle.x - newNoteSize.width / 2), y: snapped(middle.y - newNoteSize.height / 2) };
  for (let tries = 0; tries < 60; tries++) {
    const covered = taken.find((box) => overlap(box, { ...position, ...newNoteSize }));
    if (covered === undefined) break;
    position.x = snapped(covered.x + covered.width + 32);
  }
  const color = notes.at(-1)?.color ?? paleColors[0];
  const note: Note = { id, text: '', color, position, size: newNoteSize };
  return { graph: withAnnotations(graph, { notes: [...notes, note] }), id };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Changes what is given of a note; its size is kept within bounds. */
export function updateNote(graph: WorkflowGraph, id: string, change: Partial<Omit<Note, 'id'>>): WorkflowGraph {
  const within = (value: number, [least, most]: readonly [number, number]) => Math.min(most, Math.max(least, value));
  const notes = (graph.notes ?? []).map((note) => {
    if (note.id !== id) return note;
    const { width, height } = change.size ?? note.size;
    const size = { width: within(width, noteBounds.width), height: within(height, noteBounds.height) };
    return { ...note, ...change, size };
  });
  return withAnnotations(graph, { notes });
}

export function updateGroup(
  graph: WorkflowGraph,
  id: string,
  change: Partial<Pick<Group, 'title' | 'color'>>,
): WorkflowGraph {
  const groups = (graph.groups ?? []).map((group) => (group.id === id ? { ...group, ...change } : group));
  return withAnnotations(graph, { groups });
}

export function setColor(graph: WorkflowGraph, id: string, color: PaleColor): WorkflowGraph {
  return isGroupId(id) ? updateGroup(graph, id, { color }) : updateNote(graph, id, { color });
}

/** Without these notes, and without the frames of these groups: their steps stay. */
export function removeAnnotations(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  const notes = (graph.notes ?? []).filter(({ id }) => !ids.has(id));
  const groups = (graph.groups ?? []).filter(({ id }) => !ids.has(id));
  const same = notes.length === (graph.notes?.length ?? 0) && groups.length === (graph.groups?.length ?? 0);
  return same ? graph : withAnnotations(graph, { notes, groups });
}

/** The steps among `ids`, with the members of groups among them. */
export function stepsOf(graph: WorkflowGraph, ids: ReadonlySet<string>): Set<string> {
  const members = (graph.groups ?? []).filter(({ id }) => ids.has(id)).flatMap((group) => group.members);
  const chosen = new Set([...ids, ...members]);
  return new Set(graph.nodes.filter(({ id }) => chosen.has(id)).map(({ id }) => id));
}

/**
 * Draws a frame around these steps, and those of groups among them, which become one. A step leaves the group that it was in. Null when there
 * is no step among them.
 */
export function groupSteps(
  graph: WorkflowGraph,
  ids: ReadonlySet<string>,
): { graph: WorkflowGraph; id: string } | null {
  const members = stepsOf(graph, ids);
  const before = graph.groups ?? [];
  const merged = before.filter((group) => ids.has(group.id));
  const left = before
    .filter((group) => !ids.has(group.id))
    .map((group) => ({ ...group, members: group.members.filter((id) => !members.has(id)) }))
    .filter((group) => group.members.length > 0);
  if (members.size === 0 || left.length >= annotationLimits.groups) return null;
  const [kept] = merged;
  const id = kept?.id ?? nextAnnotationId('group', idsOf(before));
  const color = kept?.color ?? paleColors[(before.length + 4) % paleColors.length]!;
  const group: Group = { id, title: kept?.title ?? t('Group'), color, members: [...members] };
  return { graph: withAnnotations(graph, { groups: [...left, group] }), id };
}

/** Takes away the frames of these groups, and of those that one of these steps is in. */
export function ungroup(graph: WorkflowGraph, ids: ReadonlySet<string>): WorkflowGraph {
  const gone = (graph.groups ?? []).filter(({ id, members }) => ids.has(id) || members.some((one) => ids.has(one)));
  return removeAnnotations(graph, idsOf(gone));
}

/** A step that was put between two of one group belongs to it. */
export function joinGroup(graph: WorkflowGraph, id: string): WorkflowGraph {
  const beside = graph.edges.flatMap(({ source, target }) =>
    source === id ? [target] : target === id ? [source] : [],
  );
  const group = graph.groups?.find(({ members }) => beside.length > 1 && beside.every((one) => members.includes(one)));
  if (group === undefined || group.members.includes(id)) return graph;
  const groups = graph.groups!.map((one) => (one === group ? { ...one, members: [...one.members, id] } : one));
  return withAnnotations(graph, { groups });
}

/** Where the frame of each group is drawn, or the box of one that is collapsed; in canvas coordinates. */
export function groupFrames(
  graph: WorkflowGraph,
  catalogue: NodeCatalogue,
  boxes?: Pick<ReadonlyMap<string, Box>, 'get'>,
): Map<string, Box> {
  if (graph.groups === undefined) return new Map();
  const drawn = boxes ?? boxesOn(graph, catalogue);
  return new Map(
    graph.groups.flatMap(({ id, members, collapsed }): [string, Box][] => {
      const bounds = boundsOf(members.flatMap((one) => drawn.get(one) ?? []));
      return bounds === null ? [] : [[id, collapsed ? foldedBox(bounds) : framed(bounds)]];
    }),
  );
}

/** In the middle of where its steps stand, in steps of the canvas' grid. */
function foldedBox({ x, y, width, height }: Box): Box {
  const snapped = (value: number) => Math.round(value / 8) * 8;
  return { x: snapped(x + (width - nodeSize.width) / 2), y: snapped(y + (height - nodeSize.height) / 2), ...nodeSize };
}

function framed({ x, y, width, height }: Box): Box {
  const { side, top, bottom } = frameRoom;
  return { x: x - side, y: y - top, width: width + 2 * side, height: height + top + bottom };
}

/** The smallest box around all, or null of none. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y;
  return { x, y, width, height };
}

/**
 * Where steps and notes stand once these steps, notes and groups are put at other places: a group takes along those of its steps that have no
 * place of their own here. Steps within their container, all else on the canvas.
 */
export function placesAfter(
  graph: WorkflowGraph,
  places: ReadonlyMap<string, Point>,
  catalogue: NodeCatalogue,
): ReadonlyMap<string, Point> {
  // A drag comes here once per frame, mostly with one step out of thousands.
  if (![...places.keys()].some(isGroupId)) return places;
  const all = new Map(places);
  const frames = groupFrames(graph, catalogue);
  const nodes = nodesById(graph);
  for (const { id, members } of graph.groups ?? []) {
    const [to, from] = [places.get(id), frames.get(id)];
    if (to === undefined || from === undefined) continue;
    for (const member of outermost(nodes, new Set(members))) {
      const { x, y } = nodes.get(member)!.position;
      if (!places.has(member)) all.set(member, { x: x + to.x - from.x, y: y + to.y - from.y });
    }
  }
  return all;
}

/** Puts steps, notes and groups at other places, as `placesAfter` says. */
export function moveAll(
  graph: WorkflowGraph,
  places: ReadonlyMap<string, Point>,
  catalogue: NodeCatalogue,
): WorkflowGraph {
  const steps = placesAfter(graph, places, catalogue);
  const moved = steps.size > 0 ? moveNodes(graph, steps) : graph;
  if (!graph.notes?.some(({ id }) => places.has(id))) return moved;
  return { ...moved, notes: graph.notes.map((note) => ({ ...note, position: places.get(note.id) ?? note.position })) };
}
