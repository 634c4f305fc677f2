import type { Knex } from 'knex';
import { foldRun } from '../../../shared/engine/fold.ts';
import { isLarger, mostBytes } from '../../../shared/engine/payloads.ts';
import { resultOf } from '../../../shared/engine/result.ts';
import type { ErrorBody } from '../../../shared/errors.ts';
import type { WaitSignal } from '../../../shared/workflow/run.ts';
import type { FailureReport } from '../../../shared/nodes/workflow-failed/index.ts';
import { newRun } from '../../engine/begin.ts';
import type { Engine } from '../../engine/engine.ts';
import { loadAll } from '../../engine/payloads.ts';
import { DuplicateRun, type Journal, type VersionSource } from '../../engine/ports.ts';
import { faultPoint } from '../../faults.ts';
import type { ChainStore, EndedRun } from '../../store/chains.ts';
import type { SignalStore } from '../../store/signals.ts';

/** How often it is looked for runs whose process died before others heard of their end. */
const lookMs = 1_000;
/** A run that could not be told of is left alone for so long. */
const failingRestMs = 60_000;

export interface FollowUpDeps {
  chains: ChainStore;
  signals: SignalStore;
  versions: VersionSource;
  journal: Journal;
  engine: Pick<Engine, 'enqueue'>;
  worker: number;
  /** Without a slash at the end. */
  publicUrl: string;
  wake(): void;
  toldRun(runId: string): void;
  /** Somebody wants the run cancelled, and that is durable: whoever has it hears of it. */
  cancelled(runId: string): void;
  now(): Date;
  report(error: unknown): void;
}

/** Ids of runs that could not be told of, and until when they are left alone. */
type Failing = Map<string, Date>;

/**
 * Tells of ended runs: the step that waits for one gets the result, workflows that watch for failures start, and runs that one waited for which
 * did not succeed are cancelled. A run is on the list from the commit of its end on until this has become durable; what a crash repeats is
 * recognised by its wait, or by the key of the run it starts.
 *
 * @returns how many runs were told of.
 */
export async function followUpEnded(deps: FollowUpDeps, failing: Failing = new Map()): Promise<number> {
  for (const [id, until] of failing) if (until <= deps.now()) failing.delete(id);
  for (let told = 0; ; told++) {
    const ended = await tellOfOne(deps, failing);
    if (!ended) return told;
    const { run, called } = ended;
    for (const id of called) deps.cancelled(id);
    if (called.length > 0) deps.wake();
    if (!run.caller) continue;
    faultPoint('end_told');
    deps.toldRun(run.caller.runId);
  }
}

/** @returns the run, and those that are cancelled with it. */
async function tellOfOne(deps: FollowUpDeps, failing: Failing): Promise<{ run: EndedRun; called: string[] } | null> {
  let id: string | undefined;
  let called: string[] = [];
  try {
    const ended = await deps.chains.claimEnded([...failing.keys()], async (run, trx) => {
      id = run.id;
      // These go through the journal, which may be writing about the caller: nothing that it needs may be held yet.
      if (run.status === 'failed' && run.mode === 'live' && run.reportsFailure) await startWatchers(deps, run);
      if (run.status !== 'done') called = await deps.chains.cancelCalled(run.workspaceId, run.id, trx);
      if (run.caller) await tellCaller(deps, trx, run, run.caller);
    });
    return ended && { run: ended, called };
  } catch (error) {
    if (id === undefined) throw error;
    failing.set(id, new Date(deps.now().getTime() + failingRestMs));
    deps.report(error);
    return tellOfOne(deps, failing);
  }
}

/** The container of a list that is shared out is woken once, when all shares are done or one has failed. */
async function tellCaller(
  deps: FollowUpDeps,
  trx: Knex.Transaction,
  run: EndedRun,
  caller: NonNullable<EndedRun['caller']>,
): Promise<void> {
  const word = { node: caller.node, signal: await signalOf(deps, run) };
  if (run.part === null) return deps.signals.send(trx, run.workspaceId, caller.runId, word);
  await deps.signals.store(trx, run.workspaceId, caller.runId, word);
  if (await deps.chains.partEnded(trx, run, caller)) await deps.signals.ring(trx, run.workspaceId, caller.runId);
  deps.wake();
}

async function signalOf(
  deps: FollowUpDeps,
  { id, workspaceId, versionId, status, error, part, costMicro }: EndedRun,
): Promise<WaitSignal> {
  const signal = { kind: 'run', runId: id, status, ...(part === null ? {} : { costMicro }) } as const;
  if (status !== 'done') return { ...signal, output: null, ...(error ? { error } : {}) };
  const version = await deps.versions.load(workspaceId, versionId);
  const state = foldRun(version.graph, await deps.journal.read(workspaceId, id));
  const output = await loadAll(deps.journal, { id, workspaceId }, resultOf(version.graph, state));
  // A share of a list has a limit of its own, in its loop.
  if (part === null && isLarger(output, mostBytes))
    return { ...signal, status: 'failed', output: null, error: tooLarge };
  return { ...signal, output };
}

const tooLarge: ErrorBody = {
  code: 'too_large',
  message: `It came to more than ${mostBytes / 1_000_000} MB. Let it end with a step that puts out only what is needed, such as “Set fields”.`,
  details: { limit: mostBytes },
};

async function startWatchers(deps: FollowUpDeps, run: EndedRun): Promise<void> {
  const triggers = await deps.chains.failureTriggers(run.workspaceId, run.workflowId);
  if (triggers.length === 0) return;
  const output = await reportOf(deps, run);
  for (const { workflowId, versionId, nodeId } of triggers) {
    const create = newRun(
      deps,
      run.workspaceId,
      run.workspaceName,
      { id: versionId, workflowId },
      { mode: 'live', trigger: nodeId, idempotencyKey: `failed:${nodeId}:${run.id}`, reportsFailure: false },
    );
    try {
      await deps.engine.enqueue({ create, output });
    } catch (error) {
      if (!(error instanceof DuplicateRun)) throw error;
    }
  }
  deps.wake();
}

async function reportOf(deps: FollowUpDeps, run: EndedRun): Promise<FailureReport> {
  const { nodeId } = run.error ?? {};
  const { graph } = await deps.versions.load(run.workspaceId, run.versionId);
  const node = nodeId === undefined ? undefined : graph.nodes.get(nodeId)?.node;
  return {
    workflow: { id: run.workflowId, name: run.workflowName },
    run: { id: run.id, url: `${deps.publicUrl}/runs/${run.id}` },
    error: { code: run.error?.code ?? 'internal', message: run.error?.message ?? 'The run failed.' },
    step: node ? { id: node.id, title: node.title } : null,
  };
}

export interface FollowUps {
  /** Looks at once. */
  wake(): void;
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
}

/** Tells of ended runs as soon as it is woken, and looks every second for what others have left. */
export function startFollowUps(deps: FollowUpDeps): FollowUps {
  const failing: Failing = new Map();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let again = false;

  function look(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = followUpEnded(deps, failing)
      .then(() => undefined, deps.report)
      .finally(() => {
        looking = null;
        if (stopped) return;
        if (again) {
          again = false;
          look();
        } else timer = setTimeout(look, lookMs);
      });
  }

  look();
  return {
    wake: look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
