import { pino } from 'pino';
import { afterAll } from 'vitest';
import { nextInstants } from '../shared/nodes/schedule/instants.ts';
import { config as scheduleConfig } from '../shared/nodes/schedule/index.ts';
import type { TestDatabase } from './database/testing.ts';
import { createOutbound } from './drivers/http/outbound.ts';
import { createHttpPort } from './drivers/http/port.ts';
import { compose } from './drivers/llm/builtin/compose.ts';
import { builtinModel } from './drivers/llm/builtin/model.ts';
import { createModels } from './drivers/llm/models.ts';
import { createSmtpTransport } from './drivers/mail/smtp.ts';
import { createTestInbox } from './drivers/mail/test-inbox.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Journal } from './engine/ports.ts';
import { authenticate } from './features/accounts/authenticate.ts';
import { createLlmPort } from './features/credits/llm-port.ts';
import { createReceiver } from './features/inbox/receive.ts';
import { createExecutableVersions } from './features/runs/executable-versions.ts';
import { readEvents } from './features/runs/read-run.ts';
import { createStepPorts } from './features/runs/step-ports.ts';
import { createTriggerDeployment, type TriggerDeployment } from './features/triggers/deploy.ts';
import { createTriggerLookup } from './features/triggers/lookup.ts';
import { mountForms } from './http/forms.ts';
import { createHookListener, isHook } from './http/hooks.ts';
import { testServer, type Behind, type Surroundings, type TestServer, type TestServerOptions } from './http/testing.ts';
import type { Closer } from './lifecycle.ts';
import { closeAll } from './lifecycle.ts';
import { loadCatalogue } from './nodes/registry.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import { startDispatchLoop } from './queue/loop.ts';
import { createPostgresDispatcher } from './queue/postgres.ts';
import { createBroadcast, createRealtime, tellWorkflowSaved } from './realtime/socket.ts';
import { createServices } from './services.ts';
import { createJournal } from './store/journal.ts';
import { createStores, type Stores } from './stores.ts';

const from = 'Mailweave <hello@mailweave.test>';
const secret = 'a secret of triggers for tests';

/** The whole product in the test's process, made as server/main.ts makes it; only the clock of schedules is left to the test. */
export interface TestProduct extends TestServer {
  stores: Stores;
  engine: Engine;
  journal: Journal;
  dispatcher: Dispatcher;
  deployment: TriggerDeployment;
  wake(): void;
  /** `smtp://…` of the built-in inbox. */
  smtpUrl: string;
}

type Inside = Omit<TestProduct, keyof TestServer>;

/** Starts everything over the database and stops it after the file's tests. The built-in engine is the only model. */
export async function testProduct(
  db: TestDatabase,
  options: Omit<TestServerOptions, 'behind'> = {},
): Promise<TestProduct> {
  const closers: Closer[] = [];
  const stores = createStores(db.knex);
  const inside = Promise.withResolvers<Inside>();
  const server = await testServer(db, {
    onWorkspaceCreated: (workspaceId, transaction) => stores.credits.open(workspaceId, transaction),
    behind: (around) => build(db, stores, around, closers, inside.resolve),
    ...options,
  });
  afterAll(async () => {
    if (!(await closeAll(closers))) throw new Error('A part of the product did not close well.');
  });
  return { ...server, ...(await inside.promise) };
}

async function build(
  db: TestDatabase,
  stores: Stores,
  { server, publicUrl, accounts }: Surroundings,
  closers: Closer[],
  tell: (inside: Inside) => void,
): Promise<Behind> {
  const logger = pino({ level: 'silent' });
  const report = (error: unknown): void => logger.error(error);
  const journal = createJournal(db.pool);
  const { catalogue, runners } = await loadCatalogue();
  const live = createRealtime(server, {
    authenticate: async (headers) => {
      const found = await authenticate(accounts, headers);
      return found?.session ? { workspaceId: found.actor.workspaceId, userId: found.session.id } : null;
    },
    events: (workspaceId, runId, after) => readEvents({ ...stores, journal }, { workspaceId }, runId, after),
    allowedOrigin: (origin) => origin === undefined || origin === publicUrl,
  });
  closers.push(['live events', () => live.close()]);
  const inbox = await createTestInbox({
    host: '127.0.0.1',
    port: 0,
    onMessage: createReceiver({ store: stores.inbox }),
  });
  closers.push(['inbox', () => inbox.close()]);
  const smtp = createSmtpTransport({ url: inbox.url });
  closers.push(['smtp', () => smtp.close()]);
  const outbound = createOutbound({ allow: [] });
  closers.push(['outgoing connections', () => outbound.close()]);
  const models = createModels({ openai: {}, anthropic: {}, inhouse: {}, builtin: builtinModel });
  const llm = createLlmPort({ models, credits: stores.credits });
  const versions = createExecutableVersions(stores.versions, catalogue, runners);
  const dispatcher = await createPostgresDispatcher(db.pool, db.url, report);
  closers.push(['worker number', () => dispatcher.close()]);
  const engine = createEngine(
    {
      versions,
      journal,
      broadcast: createBroadcast(live, (workspaceId, runId) => stores.runs.find(workspaceId, runId)),
      stepPorts: createStepPorts({
        smtp,
        from,
        domain: 'mailweave.test',
        markWorkspace: true,
        outbox: stores.outbox,
        http: (signal) => createHttpPort(outbound, signal),
        llm: ({ run, nodeId, key, signal }) =>
          llm({ workspaceId: run.workspaceId, key, runId: run.id, nodeId, signal }),
      }),
      runEnded: async (run) => void (await stores.credits.releaseHoldsOf(run.workspaceId, run.id)),
      now: () => new Date(),
      random: Math.random,
      report,
    },
    { maxRuns: 1_000 },
  );
  closers.push(['journal', () => journal.idle()], ['engine', () => engine.drain()]);
  const loop = startDispatchLoop(dispatcher, engine, report);
  closers.push(['queue', () => loop.stop()]);
  const lookup = createTriggerLookup(stores.triggers);
  const deployment = createTriggerDeployment({
    store: stores.triggers,
    changed: lookup.forget,
    catalogue,
    secret,
    publicUrl,
    now: () => new Date(),
    nextInstant: (raw, after) => nextInstants(scheduleConfig.parse(raw), after, 1)[0] ?? null,
  });
  const hooks = { lookup, versions, engine, worker: dispatcher.worker, wake: loop.wake };
  tell({ stores, engine, journal, dispatcher, deployment, wake: loop.wake, smtpUrl: inbox.url });
  const services = await createServices({
    stores,
    accounts,
    catalogue,
    runners,
    engine,
    journal,
    dispatcher,
    models,
    llm,
    compose,
    triggers: deployment,
    announceSave: ({ workspaceId, ...saved }) => tellWorkflowSaved(live, workspaceId, saved),
    mail: { builtIn: true, from },
    wake: loop.wake,
  });
  const hookListener = createHookListener(hooks, logger);
  return {
    http: { services, mounts: [(express) => mountForms(express, hooks)] },
    door: (app) => (request, response) => (isHook(request) ? hookListener(request, response) : app(request, response)),
  };
}
