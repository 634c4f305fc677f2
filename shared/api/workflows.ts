import { z } from 'zod';
import { changeCountsSchema } from '../workflow/changes.ts';
import { workflowGraphSchema } from '../workflow/graph.ts';
import { problemSchema } from '../workflow/problem.ts';
import { workflowFileSchema } from './files.ts';
import { done, instant, pageInput, pageOf, route, uuid } from './common.ts';

/** Where a published trigger listens, or when it fires next. */
export const triggerInfoSchema = z.object({
  nodeId: z.string(),
  kind: z.enum(['manual', 'webhook', 'schedule', 'form', 'called', 'workflow-failed']),
  /** For webhook and form: the public address. It is the same for draft and published versions. */
  url: z.string().nullable(),
  nextAt: instant.nullable(),
});

export const workflowSummarySchema = z.object({
  id: uuid,
  name: z.string(),
  /** Live: its triggers start runs. */
  active: z.boolean(),
  publishedVersion: z.int().nullable(),
  /** The draft differs from the published version. */
  changed: z.boolean(),
  nodeKinds: z.array(z.string()),
  updatedAt: instant,
  createdAt: instant,
  lastRun: z.object({ id: uuid, status: z.string(), at: instant }).nullable(),
});
export type WorkflowSummary = z.infer<typeof workflowSummarySchema>;

export const workflowSchema = workflowSummarySchema.extend({
  graph: workflowGraphSchema,
  /** Counts saves of the draft. A save must name the revision it was made from. */
  revision: z.int(),
  problems: z.array(problemSchema),
  triggers: z.array(triggerInfoSchema),
});
export type Workflow = z.infer<typeof workflowSchema>;

export const versionSchema = z.object({
  id: uuid,
  number: z.int(),
  publishedAt: instant,
  publishedBy: z.string().nullable(),
});

/** A version, or a draft that was kept when another took its place. */
export const historyEntrySchema = z.object({
  id: uuid,
  /** Null for a kept draft. */
  number: z.int().nullable(),
  /** Why the draft was kept: a version was restored over it, or somebody else's changes were taken. Null for a version. */
  reason: z.enum(['restore', 'conflict']).nullable(),
  at: instant,
  by: z.string().nullable(),
  /** Its triggers start runs. */
  live: z.boolean(),
  /** Against the version before. Null for the first one, and for a kept draft. */
  changes: changeCountsSchema.nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

const name = z.string().trim().min(1, 'give the workflow a name').max(120);
const byId = z.object({ id: uuid });

export const workflows = {
  list: route
    .route({ method: 'GET', path: '/workflows', tags: ['Workflows'], summary: 'List workflows' })
    .input(pageInput.extend({ search: z.string().max(200).optional() }))
    .output(pageOf(workflowSummarySchema)),
  create: route
    .route({
      method: 'POST',
      path: '/workflows',
      tags: ['Workflows'],
      summary: 'Create a workflow',
      successStatus: 201,
    })
    .input(z.object({ name, graph: workflowGraphSchema.optional() }))
    .output(workflowSchema),
  get: route
    .route({ method: 'GET', path: '/workflows/{id}', tags: ['Workflows'], summary: 'Get a workflow with its draft' })
    .input(byId)
    .output(workflowSchema),
  /** Fails with `conflict` (details.revision, details.updatedBy) when somebody else saved in between; nothing is overwritten. */
  saveDraft: route
    .route({ method: 'PUT', path: '/workflows/{id}/draft', tags: ['Workflows'], summary: 'Save the draft' })
    .input(byId.extend({ revision: z.int(), graph: workflowGraphSchema }))
    .output(
      z.object({
        revision: z.int(),
        updatedAt: instant,
        problems: z.array(problemSchema),
        triggers: z.array(triggerInfoSchema),
      }),
    ),
  rename: route
    .route({ method: 'PATCH', path: '/workflows/{id}', tags: ['Workflows'], summary: 'Rename a workflow' })
    .input(byId.extend({ name }))
    .output(workflowSummarySchema),
  duplicate: route
    .route({
      method: 'POST',
      path: '/workflows/{id}/duplicate',
      tags: ['Workflows'],
      summary: 'Duplicate a workflow',
      successStatus: 201,
    })
    .input(byId)
    .output(workflowSchema),
  export: route
    .route({ method: 'GET', path: '/workflows/{id}/file', tags: ['Workflows'], summary: 'Get the draft as a file' })
    .input(byId)
    .output(workflowFileSchema),
  import: route
    .route({
      method: 'POST',
      path: '/workflows/import',
      tags: ['Workflows'],
      summary: 'Make a workflow of a file',
      successStatus: 201,
    })
    .input(z.object({ file: workflowFileSchema }))
    .output(workflowSchema),
  remove: route
    .route({
      method: 'DELETE',
      path: '/workflows/{id}',
      tags: ['Workflows'],
      summary: 'Delete a workflow and its runs',
    })
    .input(byId)
    .output(done),
  validate: route
    .route({
      method: 'POST',
      path: '/workflows/validate',
      tags: ['Workflows'],
      summary: 'Check a graph without saving it',
    })
    .input(z.object({ graph: workflowGraphSchema }))
    .output(z.object({ problems: z.array(problemSchema) })),
  /** Freezes the draft as an immutable version and makes its triggers live. `invalid_graph` when it has errors. */
  publish: route
    .route({ method: 'POST', path: '/workflows/{id}/publish', tags: ['Workflows'], summary: 'Publish the draft' })
    .input(byId.extend({ revision: z.int() }))
    .output(z.object({ version: versionSchema, triggers: z.array(triggerInfoSchema) })),
  setActive: route
    .route({
      method: 'PUT',
      path: '/workflows/{id}/active',
      tags: ['Workflows'],
      summary: 'Switch the triggers on or off',
    })
    .input(byId.extend({ active: z.boolean() }))
    .output(workflowSummarySchema),
  versions: route
    .route({ method: 'GET', path: '/workflows/{id}/versions', tags: ['Workflows'], summary: 'List published versions' })
    .input(byId)
    .output(z.object({ items: z.array(versionSchema) })),
  version: route
    .route({
      method: 'GET',
      path: '/workflows/{id}/versions/{number}',
      tags: ['Workflows'],
      summary: 'Get one version with its graph',
    })
    .input(byId.extend({ number: z.coerce.number().int().min(1) }))
    .output(versionSchema.extend({ graph: workflowGraphSchema })),
  history: route
    .route({
      method: 'GET',
      path: '/workflows/{id}/history',
      tags: ['Workflows'],
      summary: 'List versions and kept drafts, newest first',
    })
    .input(pageInput.extend(byId.shape))
    .output(pageOf(historyEntrySchema)),
  /** Puts a state of the draft aside before another takes its place. A workflow has the newest 50 of them. */
  keepDraft: route
    .route({
      method: 'POST',
      path: '/workflows/{id}/kept-drafts',
      tags: ['Workflows'],
      summary: 'Keep a draft in the history',
      successStatus: 201,
    })
    .input(byId.extend({ graph: workflowGraphSchema, reason: z.enum(['restore', 'conflict']) }))
    .output(z.object({ id: uuid })),
  keptDraft: route
    .route({
      method: 'GET',
      path: '/workflows/{id}/kept-drafts/{draftId}',
      tags: ['Workflows'],
      summary: 'Get a kept draft with its graph',
    })
    .input(byId.extend({ draftId: uuid }))
    .output(historyEntrySchema.extend({ graph: workflowGraphSchema })),
};
