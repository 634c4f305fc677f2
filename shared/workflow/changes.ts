/** How much a change of a workflow is, for lists and for people who decide about it. Pure. */
import { z } from 'zod';
import { patchMarks } from './patch-choice.ts';
import type { GraphPatch } from './patch.ts';

export const changeCountsSchema = z.object({
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  /** Connections, notes, groups, settings of the workflow, places or the direction differ, too. */
  other: z.boolean(),
});
export type ChangeCounts = z.infer<typeof changeCountsSchema>;

/** Steps that come, change and go. A step that was only moved counts as `other`. */
export function countChanges(patch: GraphPatch): ChangeCounts {
  const marks = [...patchMarks(patch).values()];
  const count = (mark: 'added' | 'changed' | 'removed') => marks.filter((one) => one === mark).length;
  const { nodes, edges, direction, settings, notes, groups } = patch;
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    other:
      edges.added.length + edges.removed.length > 0 ||
      nodes.changed.length > count('changed') ||
      direction !== undefined ||
      settings !== undefined ||
      notes !== undefined ||
      groups !== undefined,
  };
}
