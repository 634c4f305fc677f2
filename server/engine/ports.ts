/**
 * Everything the engine needs from outside, as interfaces. The engine decides and drives; it never sees a database, a socket or a driver.
 */
import type { BoundConfig } from '../../shared/engine/bind.ts';
import type { WorkflowSettings } from '../../shared/workflow/settings.ts';
import type { CompiledGraph } from '../../shared/engine/graph.ts';
import type { Word } from '../../shared/engine/plan.ts';
import type { ErrorBody } from '../../shared/errors.ts';
import type { MailReceipt, NodeDefinition, NodeRunner, Ports, UsageEstimate } from '../../shared/nodes/contract.ts';
import type { StepLimit } from '../../shared/workflow/graph.ts';
import type {
  LoopPart,
  Pause,
  Pin,
  RerunReason,
  RunEvent,
  Section,
  StepProgress,
  Wish,
} from '../../shared/workflow/run.ts';

/** A published version or a frozen draft, ready to execute. Built once per version and shared by its runs. */
export interface ExecutableVersion {
  id: string;
  workflowId: string;
  graph: CompiledGraph;
  /** Kind, runner and parsed expressions of each node. */
  steps: ReadonlyMap<string, ExecutableStep>;
  settings: WorkflowSettings;
  /** Some step may hold credits, which are freed when a run ends. */
  holdsCredits: boolean;
}

export interface ExecutableStep {
  definition: NodeDefinition;
  /** Null for triggers. */
  runner: NodeRunner | null;
  config: BoundConfig;
}

export interface VersionSource {
  /** Throws `not_found`, or `invalid_graph` when the version cannot be executed by this code. */
  load(workspaceId: string, versionId: string): Promise<ExecutableVersion>;
}

/** A run as it is taken from the queue: whose it is, and the fence that proves the taking. */
export interface TakenRun {
  id: string;
  workspaceId: string;
  workspaceName: string;
  workflowId: string;
  versionId: string;
  fence: number;
  cancelRequested: boolean;
  /** The last wish of a person about it, acted on or not. */
  wish?: Wish | null;
  /** A step of another run waits for the end of this one. */
  callerWaits: boolean;
}

/** A run that does not exist in the database yet. */
export interface NewRun extends TakenRun {
  mode: 'test' | 'live';
  triggerNode: string;
  createdAt: Date;
  /** The process that runs it from its first event on. */
  worker: number;
  idempotencyKey: string | null;
  /** The step that called this run; `depth` counts the runs above it, `part` is the share of its list that the run does. */
  calledBy?: { runId: string; node: string; waits: boolean; depth: number; part?: number };
  /** False: its failure starts no workflow that watches for failures. Absent: true. */
  reportsFailure?: boolean;
  /** The earlier run that this one repeats. */
  repeats?: { runId: string; reason: RerunReason };
  /** Keys of mails that the earlier run held and did not send. */
  adoptsMails?: readonly string[];
  /** The run whose payloads its first events refer to: they become its own with the commit that makes it. */
  adoptsPayloadsOf?: string;
}

/** A mail on its way out; committed together with the intent of its step. */
export interface OutboxRow {
  workspaceId: string | null;
  runId: string | null;
  nodeId: string | null;
  key: string;
  messageId: string;
  sender: string;
  recipients: readonly string[];
  subject: string;
  raw: Buffer;
  contentHash: string;
  /** It waits until its run has succeeded. */
  held?: boolean;
}

/** What became of a mail; committed together with the outcome of its step. */
export interface OutboxOutcome {
  key: string;
  /** `uncertain`: the line broke after the whole message was out. */
  status: 'sent' | 'failed' | 'uncertain';
  receipt: MailReceipt | null;
  error: ErrorBody | null;
}

/** Where a run stands after a commit. `dueAt` null and not terminal: it stays with this worker. */
export interface RunStanding {
  status: 'running' | 'waiting' | 'queued' | 'done' | 'failed' | 'cancelled';
  error: (ErrorBody & { nodeId?: string }) | null;
  costMicro: number;
  finishedAt: Date | null;
  dueAt: Date | null;
  /** False: the worker lets go of it. */
  held: boolean;
  /** Steps that wait for a person's word about an unknown outcome; absent: none. */
  uncertainSteps?: number;
  /** Mails that it holds will never be sent. */
  discardsMails?: boolean;
  /** Absent: as before. */
  paused?: Pause | null;
}

/** One atomic write about one run. Everything in it becomes durable together or not at all. */
export interface Commit {
  run: TakenRun;
  create?: NewRun;
  events: RunEvent[];
  standing?: RunStanding;
  outbox: OutboxRow[];
  outcomes: OutboxOutcome[];
}

/** The write was refused: another worker has taken the run over. Nothing of the commit was stored. */
export class LeaseLost extends Error {
  constructor(runId: string) {
    super(`Run ${runId} was taken over by another worker.`);
    this.name = 'LeaseLost';
  }
}

/** The database was away for too long. What of the commit is stored is not known: whoever goes on has to read the journal anew. */
export class JournalUnavailable extends Error {
  constructor(cause: unknown) {
    super('The journal could not be written: the database is away.', { cause });
    this.name = 'JournalUnavailable';
  }
}

/** The idempotency key of a new run is in use; `existingId` is the run that has it. */
export class DuplicateRun extends Error {
  readonly existingId: string;
  constructor(existingId: string) {
    super(`A run with this idempotency key exists: ${existingId}`);
    this.name = 'DuplicateRun';
    this.existingId = existingId;
  }
}

export interface Journal {
  /**
   * Durable when it resolves, with the events as they are in the journal: large values are kept apart from it. Commits of one run are applied
   * in the order they were handed in. Throws LeaseLost or DuplicateRun.
   */
  commit(commit: Commit): Promise<readonly RunEvent[]>;
  /** Large values are missing in the events: see `RunEvent.payloads`. */
  read(workspaceId: string, runId: string, after?: number): Promise<RunEvent[]>;
  /** Values that are kept apart, by reference. @throws AppError not_found when one is gone, as with its run */
  payloads(workspaceId: string, runId: string, refs: readonly string[]): Promise<Map<string, unknown>>;
}

/** A word for a waiting step, as it was stored; `id` tells it from others. */
export interface StoredWord extends Word {
  id: string;
}

/** Words for the steps of a run. They are durable before whoever sends them gets an answer. */
export interface Signals {
  /** What has come for these steps so far, oldest first, whether it was acted on or not. */
  arrived(run: TakenRun, nodes: readonly string[]): Promise<StoredWord[]>;
}

/** An attempt of a limited step, and the lane that it stands in: what shares the limit. */
export interface TurnRequest {
  run: TakenRun;
  node: string;
  attempt: number;
  lane: string;
  limit: Pick<StepLimit, 'perMinute' | 'concurrency'>;
}

/** Not granted: `turn` names the wait; `inMs` when it is worth asking again, null where nobody can know; `ahead` those who came before. */
export type Turn = { granted: true } | { granted: false; turn: string; inMs: number | null; ahead: number };

/** Turns of limited steps, over all processes. The run has to be in the database. */
export interface Turns {
  /** Asks for a turn. The place in the line is kept between askings. */
  ask(request: TurnRequest): Promise<Turn>;
  /** The attempt is over: whoever is next is told. */
  end(request: TurnRequest): Promise<void>;
}

/** Tells those who watch. Never fails, never waits. */
export interface Broadcast {
  committed(run: TakenRun, events: readonly RunEvent[], standing: RunStanding | undefined): void;
  progress(workspaceId: string, progress: StepProgress): void;
}

/** What a step's ports may do with the journal of their run. */
export interface StepEffects {
  /** An earlier attempt, or an earlier go of this one, announced an effect: what it handed in may have been stored. */
  announcedBefore: boolean;
  /** Commits the intent (once per step), and the mail with it. After it resolves the effect may begin. */
  intend(mail?: OutboxRow): Promise<void>;
  /** Puts a mail aside until the run has succeeded. Absent: mails are sent at once. */
  hold?(mail: OutboxRow): void;
  /** Hands in what became of a mail; it is committed with the step's next event. */
  settle(outcome: OutboxOutcome): void;
  /** The mail that a person confirmed for this step has this content hash; nothing else may be sent. */
  confirmedMailHash: string | undefined;
  /** The only address that mails of this run go to, marked as tests; undefined: wherever they are addressed to. */
  mailsTo: string | undefined;
  /** True when an attempt before a crash had announced the effect and its outcome is not known. */
  outcomeUnknown: boolean;
  /** What the node says about an unknown outcome. */
  onUnknown: 'repeat' | 'ask';
}

export interface StepScope {
  run: TakenRun;
  nodeId: string;
  key: string;
  signal: AbortSignal;
  effects: StepEffects;
  progress(text: string): void;
}

/** A long list, shared out to runs of their own. */
export interface PartsPort {
  /**
   * Makes the runs durable, `lanes` of them due; each that ends makes the next one due, and when all have ended the container is told.
   * Asked again it changes nothing. `isRepeat`: what stands of the shares in the run that this one repeats is kept.
   */
  open(
    run: TakenRun,
    request: {
      node: string;
      trigger: string;
      pins: Record<string, Pin>;
      section?: Section;
      mailsTo?: string;
      parts: readonly LoopPart[];
      lanes: number;
      isRepeat: boolean;
    },
  ): Promise<void>;
}

export interface EnginePorts {
  versions: VersionSource;
  journal: Journal;
  signals: Signals;
  turns: Turns;
  parts: PartsPort;
  broadcast: Broadcast;
  /**
   * Lets go of a run that this process holds and cannot go on with: at once, or after a growing time when it was `refused` and not merely cut
   * off. @returns how often in a row it was refused, this time included; with more than `maxReturns` it stays held. Null: it is not ours.
   */
  giveBack(run: TakenRun, refused: boolean): Promise<number | null>;
  /** Makes the ports of one step. */
  stepPorts(scope: StepScope): Ports;
  /** Sends a mail that was held. Never rejects: what goes wrong is in the outcome. */
  sendHeld(run: TakenRun, key: string, signal: AbortSignal): Promise<OutboxOutcome>;
  /** Called after the last event of a run is durable: frees credits that a crash left on hold. */
  runEnded(run: TakenRun): Promise<void>;
  /** Called after the end of a run is durable that is not done, or that a step of another run waits for: others have to hear of it. */
  followUp(run: TakenRun): void;
  /** The most that a call to a model may cost here, in micro-credits. */
  costAtMost(usage: UsageEstimate): number;
  now(): Date;
  random(): number;
  /** Something went wrong that no one awaits. */
  report(error: unknown, run: TakenRun): void;
}
