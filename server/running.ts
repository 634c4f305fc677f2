import type pg from 'pg';
import type { Logger } from 'pino';
import { costAtMost } from '../shared/engine/estimate.ts';
import type { NodeCatalogue, NodeRunner } from '../shared/nodes/contract.ts';
import { config as scheduleConfig } from '../shared/nodes/schedule/index.ts';
import { nextInstants, scheduledOutput } from '../shared/nodes/schedule/instants.ts';
import type { Bus } from './bus/bus.ts';
import type { HearOutcome } from './connection-outcome.ts';
import type { Outbound } from './drivers/http/outbound.ts';
import { createHttpPort } from './drivers/http/port.ts';
import type { Models } from './drivers/llm/models.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Journal, VersionSource } from './engine/ports.ts';
import { createRoom, noRoom, type RoomFor } from './engine/room.ts';
import { createApprovalPort } from './features/approvals/port.ts';
import { createCallPort } from './features/chains/call-workflow.ts';
import { createPartsPort } from './features/chains/parts.ts';
import { startFollowUps } from './features/chains/follow-up.ts';
import { createConnectionWatch } from './features/connections/watch.ts';
import { createLlmPort } from './features/credits/llm-port.ts';
import { createHeldMailSender } from './features/runs/deliver-mail.ts';
import { createElsewhere, type Elsewhere } from './features/runs/elsewhere.ts';
import { createExecutableVersions } from './features/runs/executable-versions.ts';
import { createStepPorts } from './features/runs/step-ports.ts';
import type { ScheduleDeps } from './features/triggers/schedules.ts';
import type { Closer } from './lifecycle.ts';
import type { MailDoor } from './mail.ts';
import { loadCatalogue } from './nodes/registry.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import { startDispatchLoop } from './queue/loop.ts';
import { createPostgresDispatcher } from './queue/postgres.ts';
import type { Announcer } from './realtime/announce.ts';
import type { Stores } from './stores.ts';

/** What runs are run with: connections and drivers. */
export interface RunningParts {
  databaseUrl: string;
  pool: pg.Pool;
  stores: Stores;
  journal: Journal & { idle(): Promise<void> };
  bus: Bus;
  announcer: Announcer;
  /** Takes runs from the queue. A process that does not runs only what somebody waits for, and what a person's word asks for at once. */
  takes: boolean;
  mail: Pick<MailDoor, 'smtp' | 'builtIn' | 'from' | 'domain'>;
  models: Models;
  outbound: Outbound;
  /** Where links in mails lead; without a slash at the end. */
  publicUrl: string;
  /** Derives public tokens. */
  secret: string;
  logger: Logger;
}

/** What every process has, whatever its role. */
export interface Running {
  catalogue: NodeCatalogue;
  runners: ReadonlyMap<string, NodeRunner>;
  llm: ReturnType<typeof createLlmPort>;
  hear: HearOutcome;
  versions: VersionSource;
  dispatcher: Dispatcher;
  engine: Engine;
  roomFor: RoomFor;
  elsewhere: Elsewhere;
  /** What a scheduler needs. */
  schedules: ScheduleDeps;
  /** A word for a step of this run was stored: whoever has the run, here or elsewhere, reads it. */
  toldRun(runId: string): void;
  /** There is something in the queue: tells whoever takes from it. */
  wake(): void;
}

/** Runs that one process has in memory at once; more wait in the queue. */
const maxRunsPerProcess = 1_000;

/** The engine over its queue, in touch with other processes. What has to be closed is put on the pile. */
export async function createRunning(given: RunningParts, closers: Closer[]): Promise<Running> {
  const { stores, journal, bus, announcer, mail, models, outbound, logger } = given;
  const report = (error: unknown, context: object = {}): void =>
    logger.error({ err: error, ...context }, 'something failed in the background');
  const { catalogue, runners } = await loadCatalogue();
  const hear = createConnectionWatch({ store: stores.connections, now: Date.now, report });
  const llm = createLlmPort({ models, credits: stores.credits, hear });
  const versions = createExecutableVersions(stores.versions, catalogue, runners);
  const dispatcher = await createPostgresDispatcher(given.pool, given.databaseUrl, report, {
    takes: given.takes,
  });
  closers.push(['worker number', () => dispatcher.close()]);
  const { secret, publicUrl } = given;
  const asking = { approvals: stores.approvals, secret, publicUrl, changed: announcer.approvalChanged };
  const engine = createEngine(
    {
      versions,
      journal,
      signals: stores.signals,
      turns: stores.turns,
      parts: { open: (run, request) => parts.open(run, request) },
      giveBack: dispatcher.giveBack,
      broadcast: announcer,
      stepPorts: createStepPorts({
        smtp: mail.smtp,
        hear,
        from: mail.from,
        domain: mail.domain,
        markWorkspace: mail.builtIn,
        outbox: stores.outbox,
        http: (signal) => createHttpPort(outbound, signal),
        llm: ({ run, nodeId, key, signal }) =>
          llm({ workspaceId: run.workspaceId, key, runId: run.id, workflowId: run.workflowId, nodeId, signal }),
        approvals: (scope) => createApprovalPort(asking, scope),
        workflows: (scope) => createCallPort(calling, scope),
      }),
      sendHeld: createHeldMailSender({ smtp: mail.smtp, hear }, stores.outbox),
      costAtMost: (usage) => costAtMost(usage, models.prices(), models.choose('auto')),
      runEnded: async (run) => void (await stores.credits.releaseHoldsOf(run.workspaceId, run.id)),
      followUp: () => followUps.wake(),
      now: () => new Date(),
      random: Math.random,
      report: (error, run) => report(error, { runId: run.id }),
    },
    { maxRuns: maxRunsPerProcess },
  );
  // What a draining process lets go of is taken by others at once.
  closers.push(
    ['journal', () => journal.idle()],
    ['word to others', () => bus.wake()],
    ['engine', () => engine.drain()],
  );
  const elsewhere = createElsewhere(bus, engine);
  const loop = startDispatchLoop(dispatcher, engine, report, { takes: given.takes });
  closers.push(['queue', () => loop.stop()]);
  bus.onMessage((message) => {
    if (message.type === 'wake') loop.wake();
  });
  const wake = (): void => {
    loop.wake();
    bus.wake();
  };
  const { worker } = dispatcher;
  const roomFor = given.takes ? createRoom(engine, (workspaceId) => dispatcher.runLimit(workspaceId)) : noRoom;
  const parts = createPartsPort({ chains: stores.chains, versions, journal, engine, worker, wake });
  const calling = { chains: stores.chains, engine, worker, roomFor, wake };
  const toldRun = (runId: string): void => {
    const session = engine.session(runId);
    if (session) return session.signalled();
    elsewhere.signalled(runId);
    wake();
  };
  const followUps = startFollowUps({
    ...stores,
    versions,
    journal,
    engine,
    worker,
    publicUrl,
    wake,
    toldRun,
    cancelled: (runId) => {
      const session = engine.session(runId);
      if (session) session.cancel();
      else elsewhere.cancel(runId);
    },
    now: () => new Date(),
    report,
  });
  closers.push(['ends of runs', () => followUps.stop()]);
  return {
    catalogue,
    runners,
    llm,
    hear,
    versions,
    dispatcher,
    engine,
    roomFor,
    elsewhere,
    toldRun,
    wake,
    schedules: {
      engine,
      worker: dispatcher.worker,
      wake,
      store: stores.triggers,
      now: () => new Date(),
      nextInstants: (raw, from, count) => nextInstants(scheduleConfig.parse(raw), from, count),
      output: (raw, instant) => scheduledOutput(scheduleConfig.parse(raw), instant),
      report,
    },
  };
}
