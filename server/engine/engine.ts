import { applyEvent, foldRun, type RunState } from '../../shared/engine/fold.ts';
import { isLarger, mostBytes } from '../../shared/engine/payloads.ts';
import type { KeptEvent } from '../../shared/engine/rerun.ts';
import { decidedEvent, type UncertainDecision } from '../../shared/engine/uncertain.ts';
import { AppError } from '../../shared/errors.ts';
import { faultPoint } from '../faults.ts';
import type { LoopPart, Pin, RunEventBody, Section } from '../../shared/workflow/run.ts';
import type { EnginePorts, ExecutableVersion, NewRun, TakenRun } from './ports.ts';
import { openNewRun, reopenRun, type Session } from './session.ts';
import { createStrays } from './strays.ts';

export interface StartRun {
  create: NewRun;
  /** What the trigger puts out: the webhook's body, the form's fields, the schedule's instant. */
  output: unknown;
  pins?: Record<string, Pin>;
  /** The part of the workflow that it is restricted to. */
  section?: Section;
  /** The only address that its mails go to. */
  mailsTo?: string;
  /** What stands of the run that this one repeats, after its start. Only `enqueue` takes it. */
  kept?: readonly KeptEvent[];
  /** The share of another run's list that it does. Only `enqueue` takes it. */
  part?: LoopPart;
  /** It is not due until somebody says so. Only `enqueue` takes it. */
  isParked?: boolean;
  /**
   * `start` (default): resolve once the run is durable. `answer`: resolve at once, and let `answered` be the acknowledgement; until then a run
   * without effects needs no write of its own.
   */
  acknowledge?: 'start' | 'answer';
}

/** Runs workflows in this process. It holds the sessions of the runs it has taken; everything durable goes through its ports. */
export interface Engine {
  /**
   * Begins a run at once and resolves when it is durable: from then on it will end, whatever dies. `answered` gives the answer of a Respond
   * step. Throws DuplicateRun when its idempotency key is in use.
   */
  start(input: StartRun): Promise<Session>;
  /** Makes a run durable without starting it here: whoever has room takes it from the queue. Throws DuplicateRun as `start` does. */
  enqueue(input: StartRun): Promise<void>;
  /** Goes on with runs that were taken from the queue. A run that cannot be reopened is reported and given back. */
  adopt(runs: readonly TakenRun[]): Promise<void>;
  /**
   * Goes on with a run that was taken for a person's word about an uncertain step. The word is durable when it resolves.
   * @throws AppError conflict when the step does not wait for one; the run goes back to rest.
   */
  decide(run: TakenRun, node: string, decision: UncertainDecision): Promise<void>;
  /** Gives back to the queue what this process holds and cannot go on with. To be called now and then; never rejects. */
  giveBack(): Promise<void>;
  /**
   * Is told now and then of all runs that are this process's by their rows. One that it knows nothing of at two such times was taken by a
   * statement whose answer was cut off; it is given back.
   */
  reclaim(rows: readonly TakenRun[]): void;
  /** The session of a run that this process holds. */
  session(runId: string): Session | undefined;
  /** How many more runs this process has room for. */
  capacity(): number;
  /** How many runs of the workspace this process holds. */
  held(workspaceId: string): number;
  /** Starts no further step and resolves when every run has been let go. */
  drain(): Promise<void>;
}

export function createEngine(ports: EnginePorts, options: { maxRuns: number }): Engine {
  const sessions = new Map<string, Session>();
  const heldBy = new Map<string, number>();
  const strays = createStrays(ports);
  /** Taken, and being read. */
  const opening = new Set<string>();
  let draining = false;

  function hold(session: Session): Session {
    const { id, workspaceId } = session.run;
    sessions.set(id, session);
    heldBy.set(workspaceId, (heldBy.get(workspaceId) ?? 0) + 1);
    void session.gone.then((failure) => {
      sessions.delete(id);
      if (failure !== undefined) strays.add(session.run, failure);
      const rest = heldBy.get(workspaceId)! - 1;
      if (rest > 0) heldBy.set(workspaceId, rest);
      else heldBy.delete(workspaceId);
    });
    return session;
  }

  async function stateOf(run: TakenRun): Promise<{ version: ExecutableVersion; state: RunState }> {
    const version = await ports.versions.load(run.workspaceId, run.versionId);
    return { version, state: foldRun(version.graph, await ports.journal.read(run.workspaceId, run.id)) };
  }

  function goOn(run: TakenRun, version: ExecutableVersion, state: RunState): void {
    const session = hold(reopenRun(run, version, ports, state));
    if (draining) session.release();
  }

  /** Waits for `work` about a run that has no session yet; what fails leaves the run to be given back. */
  async function orStray<T>(run: TakenRun, work: Promise<T>): Promise<T> {
    opening.add(run.id);
    try {
      return await work;
    } catch (error) {
      strays.add(run, error);
      throw error;
    } finally {
      opening.delete(run.id);
    }
  }

  async function reopen(run: TakenRun): Promise<void> {
    try {
      const { version, state } = await orStray(run, stateOf(run));
      goOn(run, version, state);
    } catch (error) {
      ports.report(error, run);
      strays.add(run, error);
    }
  }

  return {
    async start({ create, output, pins, section, mailsTo, acknowledge = 'start' }) {
      if (draining)
        throw new AppError('internal', 'The server is shutting down. Try again in a moment.', { retryable: true });
      refuseLarge(output);
      const version = await ports.versions.load(create.workspaceId, create.versionId);
      if (!version.graph.nodes.has(create.triggerNode)) {
        throw new AppError('not_found', `The workflow has no trigger “${create.triggerNode}”.`);
      }
      const { session, durable } = openNewRun(create, version, ports, {
        type: 'run.started',
        trigger: create.triggerNode,
        output,
        ...(pins ? { pins } : {}),
        ...(section ? { section } : {}),
        ...(mailsTo === undefined ? {} : { mailsTo }),
      });
      hold(session);
      if (acknowledge === 'start') await durable();
      return session;
    },
    async enqueue({ create, output, pins, section, mailsTo, kept = [], part, isParked = false }) {
      refuseLarge(output);
      const now = ports.now();
      const body = {
        type: 'run.started' as const,
        trigger: create.triggerNode,
        output,
        ...(pins ? { pins } : {}),
        ...(part ? { part } : {}),
        ...(section ? { section } : {}),
        ...(mailsTo === undefined ? {} : { mailsTo }),
      };
      const standing = {
        status: 'queued' as const,
        error: null,
        costMicro: 0,
        finishedAt: null,
        dueAt: isParked ? null : now,
        held: false,
      };
      const events = [body, ...kept].map((event, i) => ({ ...event, seq: i + 1, at: now.getTime() }));
      await ports.journal.commit({ run: create, create, events, standing, outbox: [], outcomes: [] });
      faultPoint('run_committed');
      ports.broadcast.committed(create, [], standing);
    },
    async adopt(runs) {
      await Promise.all(runs.map(reopen));
    },
    async decide(run, node, decision) {
      const { version, state } = await orStray(run, stateOf(run));
      let said: RunEventBody;
      try {
        said = decidedEvent(state, node, decision);
      } catch (error) {
        goOn(run, version, state);
        throw error;
      }
      const event = { ...said, seq: state.seq + 1, at: ports.now().getTime() };
      const stored = await orStray(run, ports.journal.commit({ run, events: [event], outbox: [], outcomes: [] }));
      ports.broadcast.committed(run, stored, undefined);
      applyEvent(version.graph, state, event);
      goOn(run, version, state);
    },
    reclaim(rows) {
      strays.reclaim(rows, (runId) => sessions.has(runId) || opening.has(runId));
    },
    giveBack: strays.giveBack,
    session: (runId) => sessions.get(runId),
    capacity: () => (draining ? 0 : Math.max(0, options.maxRuns - sessions.size)),
    held: (workspaceId) => heldBy.get(workspaceId) ?? 0,
    async drain() {
      draining = true;
      for (const session of sessions.values()) session.release();
      await Promise.all([...sessions.values()].map((session) => session.gone));
      await strays.giveBack();
    },
  };
}

/** @throws AppError too_large */
function refuseLarge(output: unknown): void {
  if (!isLarger(output, mostBytes)) return;
  throw new AppError(
    'too_large',
    `A run takes at most ${mostBytes / 1_000_000} MB of data from its trigger. Send less, or where the data can be fetched.`,
    { details: { limit: mostBytes } },
  );
}
