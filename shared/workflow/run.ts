import { z } from 'zod';
import type { ErrorBody } from '../errors.ts';

/**
 * Vocabulary of a run. The journal is a list of RunEvents with gapless sequence numbers from 1; a run's state is the fold over it
 * (`shared/engine/fold.ts`), on the server and in the browser alike.
 */
export const runStatuses = ['queued', 'running', 'waiting', 'done', 'failed', 'cancelled'] as const;
export const runStatusSchema = z.enum(runStatuses);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const stepStatuses = [
  'pending',
  'running',
  'retrying',
  'waiting',
  'done',
  'failed',
  'skipped',
  'uncertain',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

/**
 * Why a step waits. The engine owns the waiting; a step only declares it. `at`: the instant (milliseconds) at which it goes on in any case;
 * null: it waits until it is told.
 */
export type Wait =
  | { kind: 'until'; at: number }
  | { kind: 'approval'; approvalId: string; at: number | null }
  /** Until another run, which this step has started, has ended. */
  | { kind: 'run'; runId: string; at: null }
  /** Until a step that is limited has its turn; `turn` is its place in the line. `at` is when it looks again. */
  | { kind: 'turn'; turn: string; at: number };

/** What a step waits for, such as “until 14:00” and “for an approval, until 14:00 at most”. `clock` writes an instant for its reader. */
export function waitInWords(wait: Wait, clock: (at: number) => string): string {
  switch (wait.kind) {
    case 'until':
      return `until ${clock(wait.at)}`;
    case 'approval':
      return wait.at === null ? 'for an approval' : `for an approval, until ${clock(wait.at)} at most`;
    case 'run':
      return 'for the run it started';
    case 'turn':
      return 'for its turn';
  }
}

/** What ends a wait: its time has come, or the word that it waits for. */
export type WaitSignal =
  | { kind: 'time' }
  /** A turn may have come. */
  | { kind: 'turn'; turn: string }
  | {
      kind: 'approval';
      approvalId: string;
      decision: 'approved' | 'rejected';
      /** Name or address of the person. */
      by: string;
      comment: string;
      /** What was approved, with the approver's changes. */
      payload: unknown;
    }
  | {
      kind: 'run';
      runId: string;
      status: 'done' | 'failed' | 'cancelled';
      output: unknown;
      error?: ErrorBody;
      /** Said by a run that did a part of a list. */
      costMicro?: number;
    };

/** What a resumed step is told: what it waited for, and what came. */
export interface Resumption {
  wait: Wait;
  signal: WaitSignal;
}

/** True when `signal` is the word that a step with this wait waits for. */
export function endsWait(wait: Wait, signal: WaitSignal): boolean {
  switch (signal.kind) {
    case 'time':
      return wait.at !== null;
    case 'approval':
      return wait.kind === 'approval' && wait.approvalId === signal.approvalId;
    case 'turn':
      return wait.kind === 'turn' && wait.turn === signal.turn;
    case 'run':
      return wait.kind === 'run' && wait.runId === signal.runId;
  }
}

/** What somebody wants of a run; acted on once, told apart by `id`. */
export interface Wish {
  id: string;
  to: 'pause' | 'resume';
  /** Name of the person or the key. */
  by: string;
  /** To go on: what it may spend from now on, all in all. */
  costLimitMicro?: number;
}

/** The step that may cost more than the run may still spend. Micro-credits; `stepMicro` is the most that it may cost. */
export const costPauseSchema = z.object({
  node: z.string(),
  spentMicro: z.int(),
  stepMicro: z.int(),
  limitMicro: z.int(),
});
export type CostPause = z.infer<typeof costPauseSchema>;

/** Since when a run is paused (milliseconds), and by whom; or over which cost it asks. */
export const pauseSchema = z.object({
  at: z.number(),
  by: z.string().nullable(),
  cost: costPauseSchema.nullable(),
});
export type Pause = z.infer<typeof pauseSchema>;

/** What a Respond step (or a run that ends without one) answers to whoever waits at the webhook or form. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body: unknown;
}

/**
 * An output that was made in a preview and confirmed by a person. The run uses it in place of running the step (`output`), or refuses
 * to send anything else (`mailHash`).
 */
export interface Pin {
  output?: unknown;
  /** Where it goes out; absent: `out`. Set where the output is pinned in the draft. */
  port?: string;
  mailHash?: string;
}

/** How a container goes through its items. */
export type LoopPolicy = {
  /** Items under way at once. */
  concurrency: number;
  /** Items begun in a minute at most; absent: no limit. */
  perMinute?: number;
  /** What happens to the others when an item fails. */
  onItemError: 'stop' | 'continue';
};

/** An item that failed. */
export interface ItemFailure {
  index: number;
  error: ErrorBody & { nodeId?: string };
}

/** What a container puts out: one result per item in the order of the items, null where an item failed. */
export interface LoopOutput {
  results: unknown[];
  count: number;
  failed: number;
  failures: ItemFailure[];
}

/** A share of a long list, done by a run of its own. */
export interface LoopPart extends LoopPolicy {
  /** The container. */
  loop: string;
  /** Counts from 0. */
  part: number;
  /** Index of the first item in the whole list. */
  from: number;
  items: unknown[];
  /** What its steps refer to outside of the container, by step. */
  outputs: Record<string, unknown>;
}

/** What a part came to. */
export interface PartOutput extends LoopOutput {
  part: number;
}

/** Which part of a workflow a test is for: one step, all up to it, or it and all that follows. */
export const sectionModes = ['only', 'until', 'from'] as const;
export type SectionMode = (typeof sectionModes)[number];

/**
 * Where what stands before a tested step comes from: `pin`, an output that is pinned in the draft; `run`, an earlier run; `settings`, worked
 * out from the settings of a step that has no effects; `sample`, an example of the kind; `given`, handed in with the start.
 */
export const dataSources = ['pin', 'run', 'settings', 'sample', 'given'] as const;
export type DataSource = (typeof dataSources)[number];

/** The part of the workflow that a test run is restricted to. */
export interface Section {
  node: string;
  mode: SectionMode;
  /** The steps that take part, what stands before them included. All others are as if they were not there. */
  steps: readonly string[];
  /** By step that is not done but stands with its output. */
  sources: Readonly<Record<string, DataSource>>;
}

/**
 * A step is told by its address: its id, or `<container>[<index>]/<id>` where it runs for one item (`shared/engine/address.ts`).
 */
export type RunEventBody =
  | {
      type: 'run.started';
      trigger: string;
      output: unknown;
      pins?: Record<string, Pin>;
      part?: LoopPart;
      section?: Section;
      /** Every mail of the run goes to this address only, marked as a test. */
      mailsTo?: string;
    }
  | { type: 'step.started'; node: string; attempt: number }
  /** Journaled before an effect that cannot be taken back; `key` is the same for every attempt. */
  | { type: 'step.intent'; node: string; key: string }
  /** `pass`: the output is the step's input, unchanged, and is not stored twice. `stop`: the step ends the whole run. */
  | {
      type: 'step.done';
      node: string;
      port: string;
      output?: unknown;
      pass?: true;
      /** The output is what the container has collected, and is not stored twice. */
      collected?: true;
      ms: number;
      cost?: number;
      answer?: Answer;
      stop?: { status: 'done' | 'failed'; message: string };
      log?: LogLine[];
    }
  | {
      type: 'step.failed';
      node: string;
      attempt: number;
      error: ErrorBody;
      ms: number;
      retryAt?: number;
      log?: LogLine[];
    }
  /** It is unknown whether the effect took place; a person decides. */
  | { type: 'step.uncertain'; node: string; error: ErrorBody }
  | { type: 'step.waiting'; node: string; wait: Wait }
  /** Without a signal (journals of the first release): its time has come. */
  | { type: 'step.resumed'; node: string; signal?: WaitSignal }
  /** The effect of a step is taken back because the run has failed. */
  | { type: 'step.compensating'; node: string }
  | { type: 'step.compensated'; node: string }
  | { type: 'step.compensate_failed'; node: string; error: ErrorBody }
  /** A mail is written and waits until the run has succeeded. `key` is its own: a step may write several. */
  | { type: 'mail.held'; node: string; key: string; subject: string; to: readonly string[] }
  /** Journaled before the server hears of it. */
  | { type: 'mail.sending'; node: string; key: string; attempt: number }
  /** `assumed`: a person says so. */
  | { type: 'mail.sent'; node: string; key: string; assumed?: true }
  | { type: 'mail.failed'; node: string; key: string; attempt: number; error: ErrorBody; retryAt?: number }
  | { type: 'mail.uncertain'; node: string; key: string; error: ErrorBody }
  /** Nothing new starts until it is resumed; what is under way settles. */
  | { type: 'run.paused'; by: string; wish: string; cost?: never }
  /** It would pass what it may spend, and asks. */
  | { type: 'run.paused'; cost: CostPause; by?: never; wish?: never }
  | { type: 'run.resumed'; by: string; wish: string; costLimitMicro?: number }
  /** A container has its list. With `parts` the items are with runs of their own. */
  | ({ type: 'loop.opened'; node: string; count: number; items?: readonly unknown[]; parts?: number } & LoopPolicy)
  /** Items `from` to `to` (exclusive) begin. */
  | { type: 'loop.items'; node: string; from: number; to: number }
  | { type: 'loop.part'; node: string; runId: string; output: PartOutput | null; cost: number; error?: ErrorBody }
  | { type: 'run.finished'; status: 'done' | 'failed' | 'cancelled'; error?: ErrorBody };

/**
 * A large value of an event that is kept apart from the journal. It is missing in the event at `path`; whoever needs it asks for it by `ref`
 * (`shared/engine/payloads.ts`).
 */
export interface PayloadRef {
  path: readonly string[];
  /** Hash of its JSON; the same value has the same in the whole run. */
  ref: string;
  /** Of its JSON. */
  bytes: number;
  /** How its JSON begins. */
  head: string;
  /** Of a list: how many it holds. */
  length?: number;
}

/**
 * `seq` counts from 1 within the run; `at` is milliseconds since the epoch. `copied`: taken over from the run that this one repeats; nothing
 * was done for it here. `payloads`: what is missing in it because it is large.
 */
export type RunEvent = RunEventBody & { seq: number; at: number; copied?: true; payloads?: readonly PayloadRef[] };

/** Why a run was made from an earlier one: from a step on, to go on where it failed, with another version of the workflow, or to test a part with its data. */
export const rerunReasons = ['rerun', 'retry', 'replay', 'test'] as const;
export type RerunReason = (typeof rerunReasons)[number];

export interface LogLine {
  at: number;
  message: string;
}

/** Not journaled: what a running step has produced so far. `text` replaces what was sent before for the same step. */
export interface StepProgress {
  runId: string;
  node: string;
  text: string;
}

/** One row of the runs list. Times are ISO strings, cost is micro-credits. */
export const runSummarySchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionId: z.string(),
  /** 0 for a test run of the draft. */
  versionNumber: z.int(),
  mode: z.enum(['test', 'live']),
  trigger: z.string(),
  status: runStatusSchema,
  error: z.object({ code: z.string(), message: z.string(), nodeId: z.string().optional() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  costMicro: z.int(),
  /** The run that this one repeats; null when there is none, or when it has been deleted since. */
  parentRunId: z.string().nullable(),
  reason: z.enum(rerunReasons).nullable(),
  /** Steps of a resting run of which nobody knows whether they happened; they wait for a person. */
  uncertainSteps: z.int(),
  /** Null unless the run is paused: it goes on when somebody resumes it. */
  paused: pauseSchema.nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;
