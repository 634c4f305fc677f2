/**
 * What people lay on the canvas beside the steps: sticky notes, and groups, which are titled frames around steps. No run, plan or check looks at
 * them. Their ids hold a colon, so that they are never those of a step.
 */
import { z } from 'zod';

export const annotationLimits = { notes: 200, groups: 200, noteChars: 8_000, titleChars: 120 } as const;

export const paleColors = ['yellow', 'orange', 'rose', 'violet', 'blue', 'green'] as const;
export type PaleColor = (typeof paleColors)[number];

/** Smallest and largest note, in canvas pixels. */
export const noteBounds = { width: [120, 1_600], height: [64, 1_600] } as const;

export const noteSchema = z.object({
  id: z.string().regex(/^note:[a-z0-9_]{1,40}$/, 'use note: and a-z, 0-9 and _'),
  /** Markdown; only what is harmless is drawn of it. */
  text: z.string().max(annotationLimits.noteChars),
  color: z.enum(paleColors),
  position: z.object({ x: z.number(), y: z.number() }),
  size: z.object({
    width: z.number().min(noteBounds.width[0]).max(noteBounds.width[1]),
    height: z.number().min(noteBounds.height[0]).max(noteBounds.height[1]),
  }),
});
export type Note = z.infer<typeof noteSchema>;

export const groupSchema = z.object({
  id: z.string().regex(/^group:[a-z0-9_]{1,40}$/, 'use group: and a-z, 0-9 and _'),
  title: z.string().max(annotationLimits.titleChars),
  color: z.enum(paleColors),
  /** Ids of steps, each in one group at most. The frame is drawn around wherever they stand. */
  members: z.array(z.string().max(64)).min(1).max(2_000),
  /** One box stands for its steps on the canvas. Absent: they are shown. */
  collapsed: z.literal(true).optional(),
});
export type Group = z.infer<typeof groupSchema>;

const ownIds = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id)).size === list.length;

export const notesSchema = z.array(noteSchema).max(annotationLimits.notes).refine(ownIds, 'two notes have the same id');
export const groupsSchema = z
  .array(groupSchema)
  .max(annotationLimits.groups)
  .refine(ownIds, 'two groups have the same id')
  .refine((groups) => {
    const members = groups.flatMap((group) => group.members);
    return new Set(members).size === members.length;
  }, 'a step is in two groups');

/** The part of a graph that is spoken of here. */
export interface Annotated {
  nodes: readonly { id: string }[];
  notes?: Note[] | undefined;
  groups?: Group[] | undefined;
}

export function isGroupId(id: string): boolean {
  return id.startsWith('group:');
}

/** The first free id of the form `note:<n>`. */
export function nextAnnotationId(kind: 'note' | 'group', taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) if (!taken.has(`${kind}:${n}`)) return `${kind}:${n}`;
}

/** The graph with other notes or groups; an empty list is no list. Every other part keeps its identity. */
export function withAnnotations<G extends Annotated>(graph: G, lists: { notes?: Note[]; groups?: Group[] }): G {
  const { notes, groups, ...rest } = { ...graph, ...lists };
  return {
    ...rest,
    ...(notes?.length ? { notes } : {}),
    ...(groups?.length ? { groups } : {}),
  } as G;
}

/** Groups forget steps that are gone, and go with the last of theirs. The very same graph when nothing is to be forgotten. */
export function withoutStrays<G extends Annotated>(graph: G): G {
  if (graph.groups === undefined) return graph;
  const ids = new Set(graph.nodes.map(({ id }) => id));
  if (graph.groups.every(({ members }) => members.every((id) => ids.has(id)))) return graph;
  const groups = graph.groups
    .map((group) => ({ ...group, members: group.members.filter((id) => ids.has(id)) }))
    .filter(({ members }) => members.length > 0);
  return withAnnotations(graph, { groups });
}
