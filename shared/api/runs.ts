import { z } from 'zod';
import { nodeIdSchema, workflowGraphSchema } from '../workflow/graph.ts';
import { workflowSettingsSchema } from '../workflow/settings.ts';
import { problemSchema } from '../workflow/problem.ts';
import { runStatusSchema, runSummarySchema, sectionModes, type RunEvent } from '../workflow/run.ts';
import { done, instant, pageInput, pageOf, route, uuid } from './common.ts';

/** One journal entry, see shared/workflow/run.ts for the bodies by `type`. */
export const runEventSchema = z
  .looseObject({ seq: z.int(), at: z.number(), type: z.string() })
  .transform((event) => event as unknown as RunEvent);

/** At least and at most. */
export const costRangeSchema = z.object({ min: z.int(), max: z.int() });

export const mailPreviewSchema = z.object({
  /** Address of the step: its id, and in a container the item before it, such as `for_each_1[3]/email_send_1`. */
  nodeId: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string(),
  /** SHA-256 of the canonical content; the run refuses to send anything else. */
  hash: z.string(),
  /** False: it depends on data that only the run will know. */
  exact: z.boolean(),
});
export type MailPreview = z.infer<typeof mailPreviewSchema>;

export const stepPreviewSchema = z.object({
  /** Address of the step, as with mails. */
  nodeId: z.string(),
  status: z.enum(['runs', 'skipped', 'error']),
  exact: z.boolean(),
  summary: z.string(),
  port: z.string().nullable(),
  output: z.unknown(),
  /** The rest of StepPreview: prompt, request, answer, wait. */
  detail: z.record(z.string(), z.unknown()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Set where AI text was really generated for this preview. */
  generated: z.boolean(),
});
export type StepPreviewView = z.infer<typeof stepPreviewSchema>;

/** A test of a part of the draft: one step, all up to it, or it and all that follows. */
export const sectionSchema = z.object({
  node: nodeIdSchema,
  mode: z.enum(sectionModes),
  /** Which item of the containers around the step it runs for, counted from 0; absent: the first. */
  items: z.record(z.string(), z.int().min(0)).optional(),
  /** The run whose data the steps before stand with. Absent: the newest of the workflow; null: none, so pinned outputs and examples. */
  basedOn: uuid.nullable().optional(),
});
export type SectionInput = z.infer<typeof sectionSchema>;

export const previewSchema = z.object({
  id: uuid,
  workflowId: uuid,
  revision: z.int(),
  trigger: z.string(),
  payload: z.unknown(),
  createdAt: instant,
  steps: z.array(stepPreviewSchema),
  mails: z.array(mailPreviewSchema),
  /** How many mails a run would send, those of items that are not shown included. */
  mailCount: costRangeSchema,
  /** Containers by address: how many items they have, and how many of them are shown. */
  loops: z.array(z.object({ nodeId: z.string(), count: z.int(), shown: z.int() })),
  /** Micro-credits (1 credit = 1,000,000) of one run if that provider made every text anew. */
  costByProvider: z.array(
    z.object({
      provider: z.string(),
      label: z.string(),
      model: z.string(),
      configured: z.boolean(),
      cost: costRangeSchema,
    }),
  ),
  /** What confirming this preview costs: texts that were generated for it are paid already. */
  cost: costRangeSchema,
  /** What generating the previewed texts has cost already. */
  spentMicro: z.int(),
  problems: z.array(problemSchema),
  /** Set where only a part of the workflow was previewed. */
  section: sectionSchema.optional(),
});
export type Preview = z.infer<typeof previewSchema>;

export const runSchema = runSummarySchema.extend({
  graph: workflowGraphSchema,
  events: z.array(runEventSchema),
  /** The run whose step called this one. */
  calledBy: z.object({ runId: uuid, workflowName: z.string() }).nullable(),
});
export type Run = z.output<typeof runSchema>;

const byId = z.object({ id: uuid });

/** The same key starts one run only; a repeat answers with the first. */
const onceKey = z.string().min(1).max(200).optional();

export const previews = {
  /** Walks the draft without effects. `generate`: nodes whose AI text is really made now (and paid); 'all' for every AI step. */
  create: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/previews',
      tags: ['Previews'],
      summary: 'Preview a workflow',
      successStatus: 201,
    })
    .input(
      z.object({
        workflowId: uuid,
        revision: z.int(),
        trigger: z.string().optional(),
        payload: z.unknown().optional(),
        generate: z.union([z.literal('all'), z.array(z.string())]).default([]),
        /** Keeps what an earlier preview generated, for the nodes not named in `generate`. */
        basedOn: uuid.optional(),
        section: sectionSchema.optional(),
      }),
    )
    .output(previewSchema),
  get: route
    .route({ method: 'GET', path: '/previews/{id}', tags: ['Previews'], summary: 'Get a preview' })
    .input(byId)
    .output(previewSchema),
};

export const runs = {
  /** Runs the draft (test) or the published version (live). With `previewId` it sends exactly what that preview showed. */
  start: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/runs',
      tags: ['Runs'],
      summary: 'Start a run',
      successStatus: 201,
    })
    .input(
      z.object({
        workflowId: uuid,
        version: z.enum(['draft', 'published']).default('draft'),
        trigger: z.string().optional(),
        payload: z.unknown().optional(),
        previewId: uuid.optional(),
        /** Only of the draft. What stands before the part keeps its outputs; with a preview it is the part that was previewed. */
        section: sectionSchema.optional(),
        idempotencyKey: onceKey,
      }),
    )
    .output(runSummarySchema),
  /** Sends the mail of one step of the draft to whoever is signed in, and to nobody else, as a test run of that step. */
  sendTest: route
    .route({
      method: 'POST',
      path: '/workflows/{workflowId}/steps/{nodeId}/test-mail',
      tags: ['Runs'],
      summary: 'Send a test mail to yourself',
      successStatus: 201,
    })
    .input(
      z.object({
        workflowId: uuid,
        nodeId: nodeIdSchema,
        items: sectionSchema.shape.items,
        basedOn: sectionSchema.shape.basedOn,
        idempotencyKey: onceKey,
      }),
    )
    .output(runSummarySchema),
  list: route
    .route({ method: 'GET', path: '/runs', tags: ['Runs'], summary: 'List runs, newest first' })
    .input(
      pageInput.extend({
        workflowId: uuid.optional(),
        status: runStatusSchema.optional(),
        /** Only runs with a step of which nobody knows whether it happened. */
        uncertain: z.stringbool().or(z.boolean()).optional(),
        /** Only runs that are paused. */
        paused: z.stringbool().or(z.boolean()).optional(),
        /** Only runs that have not been tried again. */
        untried: z.stringbool().or(z.boolean()).optional(),
        /** Created at or after this instant. */
        since: z.iso.datetime({ offset: true }).optional(),
        /** Created before this instant. */
        until: z.iso.datetime({ offset: true }).optional(),
        /** In the workflow's name, the error, the beginning of the id, and the subjects and recipients of the run's mails. */
        search: z.string().trim().max(200).optional(),
      }),
    )
    .output(
      pageOf(runSummarySchema).extend({
        /** A search looks at some thousand runs for each page. Set when it has not seen all: how far back it has; the next page goes on. */
        searchedTo: instant.nullable(),
      }),
    ),
  get: route
    .route({
      method: 'GET',
      path: '/runs/{id}',
      tags: ['Runs'],
      summary: 'Get a run with its version of the graph and its journal',
    })
    .input(byId)
    .output(runSchema),
  events: route
    .route({
      method: 'GET',
      path: '/runs/{id}/events',
      tags: ['Runs'],
      summary: 'Journal entries after a sequence number',
    })
    .input(byId.extend({ after: z.coerce.number().int().min(0).default(0) }))
    .output(z.object({ events: z.array(runEventSchema) })),
  /** Events name large values in `payloads`, with the path at which they are missing. */
  payload: route
    .route({
      method: 'GET',
      path: '/runs/{id}/payloads/{ref}',
      tags: ['Runs'],
      summary: 'A large value of a run, whole',
    })
    .input(byId.extend({ ref: z.string().min(1).max(100) }))
    .output(z.object({ value: z.unknown() })),
  /** A for-each with a long list has runs of their own do shares of it. */
  parts: route
    .route({ method: 'GET', path: '/runs/{id}/parts', tags: ['Runs'], summary: 'Runs that do shares of a list' })
    .input(byId)
    .output(
      z.object({
        items: z.array(
          z.object({
            runId: uuid,
            /** The for-each. */
            node: z.string(),
            /** Counts from 0; a share has 500 items. */
            part: z.int(),
            status: runStatusSchema,
            finishedAt: instant.nullable(),
          }),
        ),
      }),
    ),
  cancel: route
    .route({ method: 'POST', path: '/runs/{id}/cancel', tags: ['Runs'], summary: 'Cancel a run' })
    .input(byId)
    .output(done),
  /** Nothing new starts; what is under way settles. Waits and retries whose time comes are done when it is resumed. */
  pause: route
    .route({ method: 'POST', path: '/runs/{id}/pause', tags: ['Runs'], summary: 'Pause a run' })
    .input(byId)
    .output(done),
  resume: route
    .route({ method: 'POST', path: '/runs/{id}/resume', tags: ['Runs'], summary: 'Let a paused run go on' })
    .input(
      byId.extend({
        /** What it may spend in all from now on, in micro-credits. Needed for a run that paused over its cost. */
        costLimitMicro: workflowSettingsSchema.shape.costLimitMicro,
      }),
    )
    .output(done),
  /** A new run on the same version from a step on. What stands before the step is kept and not done again; what comes from it on is. */
  rerun: route
    .route({
      method: 'POST',
      path: '/runs/{id}/rerun',
      tags: ['Runs'],
      summary: 'Run again from a step',
      successStatus: 201,
    })
    .input(byId.extend({ from: z.string().min(1), idempotencyKey: onceKey }))
    .output(runSummarySchema),
  /** Goes on where a run failed or was stopped. Asking twice gives the same new run. */
  retry: route
    .route({
      method: 'POST',
      path: '/runs/{id}/retry',
      tags: ['Runs'],
      summary: 'Try a failed run again',
      successStatus: 201,
    })
    .input(byId)
    .output(runSummarySchema),
  /** The same trigger data once more, on the draft (test) or the published version (live). */
  replay: route
    .route({
      method: 'POST',
      path: '/runs/{id}/replay',
      tags: ['Runs'],
      summary: 'Run the same data on another version',
      successStatus: 201,
    })
    .input(byId.extend({ version: z.enum(['draft', 'published']).default('draft'), idempotencyKey: onceKey }))
    .output(runSummarySchema),
  /** Tries failed runs again, oldest first; those that were tried again before are left out. `dryRun` only counts. */
  retryFailed: route
    .route({ method: 'POST', path: '/runs/retry-failed', tags: ['Runs'], summary: 'Try failed runs again' })
    .input(
      z.object({
        workflowId: uuid.optional(),
        /** Created at or after this instant. */
        since: z.iso.datetime({ offset: true }).optional(),
        /** Created before this instant. */
        until: z.iso.datetime({ offset: true }).optional(),
        limit: z.int().min(1).max(1_000).default(1_000),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        matching: z.int(),
        started: z.int(),
        refused: z.int(),
        reasons: z.array(z.object({ code: z.string(), message: z.string(), count: z.int() })),
      }),
    ),
  /** Does one thing to each of many runs. What one run is refused for stops none of the others; runs that are not found count as refused. */
  bulk: route
    .route({ method: 'POST', path: '/runs/bulk', tags: ['Runs'], summary: 'Do one thing to many runs' })
    .input(
      z.object({
        action: z.enum(['retry', 'cancel', 'pause', 'resume']),
        ids: z.array(uuid).min(1).max(200),
      }),
    )
    .output(
      z.object({
        done: z.int(),
        refused: z.int(),
        reasons: z.array(z.object({ code: z.string(), message: z.string(), count: z.int() })),
      }),
    ),
  /** For a step whose outcome is unknown: a person says what happened. */
  resolveUncertain: route
    .route({
      method: 'POST',
      path: '/runs/{id}/steps/{nodeId}/resolve',
      tags: ['Runs'],
      summary: 'Say what became of an uncertain step',
    })
    .input(byId.extend({ nodeId: z.string(), decision: z.enum(['was_sent', 'send_again']) }))
    .output(done),
};
