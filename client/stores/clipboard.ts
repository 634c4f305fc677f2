import { z } from 'zod';
import { groupSchema, noteSchema } from '../../shared/workflow/annotations.ts';
import { limits, workflowEdgeSchema, workflowNodeSchema } from '../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';
import { plural, t } from '../i18n/t.ts';
import { clipMarker } from './copying.ts';
import type { Clip } from './copying.ts';

/** Reading the clipboard. What is there is not trusted: it passes the same schemas as everything else. */

const contentSchema = z.object({
  nodes: z.array(workflowNodeSchema).max(limits.nodes),
  edges: z.array(workflowEdgeSchema).max(limits.edges),
  notes: z.array(noteSchema).optional(),
  groups: z.array(groupSchema).optional(),
});
const clipSchema = contentSchema.extend({ type: z.literal(clipMarker), workspace: z.string().max(100).optional() });
/** A whole workflow, as exported or as the API gives it, can be pasted too. */
const wholeSchema = z.union([z.object({ graph: contentSchema }).transform(({ graph }) => graph), contentSchema]);

/** Reads steps from pasted text; null when the text is something else. */
export function parseClip(text: string): Clip | null {
  const read = readClip(text);
  return 'clip' in read ? read.clip : null;
}

/** The same, and in words why the text is refused. */
export function readClip(text: string, catalogue?: NodeCatalogue): { clip: Clip } | { problem: string } {
  if (!/^\s*[{[]/.test(text)) return { problem: t('There are no steps on the clipboard.') };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: t('The JSON on the clipboard is cut off or not valid.') };
  }
  const isOurs = typeof value === 'object' && value !== null && 'type' in value && value.type === clipMarker;
  const read = isOurs ? clipSchema.safeParse(value) : wholeSchema.safeParse(value);
  if (!read.success) {
    const at = isOurs ? (read.error.issues[0]?.path.join('.') ?? '') : '';
    return {
      problem: isOurs
        ? t('The steps on the clipboard are damaged: {place} is not as it should be.', { place: at || 'JSON' })
        : t('This JSON holds no steps of a workflow.'),
    };
  }
  const clip: Clip = read.data;
  if (clip.nodes.length + (clip.notes?.length ?? 0) === 0)
    return { problem: t('This JSON holds no steps of a workflow.') };
  if (new Set(clip.nodes.map(({ id }) => id)).size < clip.nodes.length)
    return { problem: t('The steps on the clipboard are damaged: two have the same id.') };
  const unknown = catalogue && clip.nodes.find(({ kind }) => !catalogue.has(kind));
  return unknown ? { problem: t('There is no kind of step “{kind}” here.', { kind: unknown.kind }) } : { clip };
}

/** Why a clip does not fit into a graph any more, in words; null when it does. */
export function roomForClip(graph: WorkflowGraph, clip: Clip): string | null {
  const sum = graph.nodes.length + clip.nodes.length;
  if (sum <= limits.nodes) return null;
  return plural(limits.nodes, 'A workflow holds at most {n} step.', 'A workflow holds at most {n} steps.');
}
