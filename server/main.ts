import packageJson from '../package.json' with { type: 'json' };
import { createServer, type RequestListener } from 'node:http';
import type pg from 'pg';
import { pino } from 'pino';
import { loadConfig, type Config, type ProviderConfig } from './config.ts';
import { openDatabase } from './database/database.ts';
import { createKnex } from './database/knex.ts';
import { migrate } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { nextInstants, scheduledOutput } from '../shared/nodes/schedule/instants.ts';
import { config as scheduleConfig } from '../shared/nodes/schedule/index.ts';
import { createOutbound } from './drivers/http/outbound.ts';
import { createHttpPort } from './drivers/http/port.ts';
import { compose } from './drivers/llm/builtin/compose.ts';
import { builtinModel } from './drivers/llm/builtin/model.ts';
import { createModels } from './drivers/llm/models.ts';
import { createEngine } from './engine/engine.ts';
import { armFault } from './faults.ts';
import { createAccounts } from './features/accounts/accounts.ts';
import { authenticate } from './features/accounts/authenticate.ts';
import { createLlmPort } from './features/credits/llm-port.ts';
import { createReceiver } from './features/inbox/receive.ts';
import { createExecutableVersions } from './features/runs/executable-versions.ts';
import { readEvents } from './features/runs/read-run.ts';
import { createStepPorts } from './features/runs/step-ports.ts';
import { createTriggerDeployment } from './features/triggers/deploy.ts';
import { createTriggerLookup } from './features/triggers/lookup.ts';
import { startScheduler } from './features/triggers/schedules.ts';
import { createHttp, finishHttp } from './http/app.ts';
import { mountClient } from './http/client.ts';
import { mountForms } from './http/forms.ts';
import { createHookListener, isHook } from './http/hooks.ts';
import { trustedOrigins } from './http/security.ts';
import { closeAll, listen, shutDownOnSignals, type Closer } from './lifecycle.ts';
import { openMailDoor } from './mail.ts';
import { loadCatalogue } from './nodes/registry.ts';
import { startDispatchLoop } from './queue/loop.ts';
import { createPostgresDispatcher } from './queue/postgres.ts';
import { createBroadcast, createRealtime, tellInboxArrived, tellWorkflowSaved } from './realtime/socket.ts';
import { createServices } from './services.ts';
import { StartupError } from './startup-error.ts';
import { createJournal } from './store/journal.ts';
import { createStores } from './stores.ts';

/** Runs that one process has in memory at once; more wait in the queue. */
const maxRunsPerProcess = 1_000;

const say = (line: string): void => console.log(line);

/** The composition root: the only place that constructs. Each part puts its own closing on the pile; the last made closes first. */
async function main(config: Config, closers: Closer[]): Promise<void> {
  armFault(config.fault);
  const logger = pino({ level: config.logLevel, redact: ['req.headers', 'err.config', 'err.headers'] });
  const report = (error: unknown, context: object = {}): void => logger.error({ err: error, ...context }, 'something failed in the background');

  const database = await openDatabase(config, say);
  closers.push(['database', () => database.close()]);
  await migrate(database.url, { say });
  const pool = createPool({ url: database.url, name: 'mailweave', onError: report });
  closers.push(['pool', () => pool.end()]);
  const knex = createKnex({ url: database.url, name: 'mailweave-stores' });
  closers.push(['stores', () => knex.destroy()]);
  const stores = createStores(knex);
  // Previews and compositions of a process that died an hour ago will not come back for their credits.
  await stores.credits.releaseAbandoned(new Date(Date.now() - 3_600_000));
  const journal = createJournal(pool);
  const { catalogue, runners } = await loadCatalogue();
  say(`${catalogue.size} node kinds loaded`);

  // Listening comes before the rest because the public address may depend on the port; until all is built the answer is "starting".
  let handle: RequestListener = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end('Mailweave is starting.');
  const server = createServer((request, response) => handle(request, response));
  const port = await listen(server, config, closers);
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;

  const live = createRealtime(server, {
    authenticate: async (headers) => {
      const found = await authenticate(accounts, headers);
      return found?.session ? { workspaceId: found.actor.workspaceId, userId: found.session.id } : null;
    },
    events: (workspaceId, runId, after) => readEvents({ ...stores, journal }, { workspaceId }, runId, after),
    allowedOrigin: (origin, host) => origin === undefined || trustedOrigins(publicUrl, host).includes(origin),
  });
  closers.push(['live events', () => live.close()]);

  const receive = createReceiver({
    store: stores.inbox,
    announce: ({ workspaceId, recipients, ...mail }) => {
      usersByEmail(pool, recipients).then((userIds) => tellInboxArrived(live, { workspaceId, userIds }, mail), report);
    },
  });
  const mail = await openMailDoor(config, receive, say);
  closers.push(['mail', () => mail.close()]);

  const accounts = createAccounts({
    pool,
    knex,
    secret: config.secretKey.reveal(),
    publicUrl,
    trustedOrigins: (host) => trustedOrigins(publicUrl, host),
    sendSystemMail: mail.sendSystemMail,
    onWorkspaceCreated: (workspaceId, transaction) => stores.credits.open(workspaceId, transaction),
    // Strangers can reach a server with a public address; there a mailbox has to be proven.
    requireVerifiedEmail: !mail.builtIn && publicUrl.startsWith('https:'),
    log: (level, message, cause) => logger[level]({ err: cause }, message),
  });

  const outbound = createOutbound({ allow: config.outboundAllow });
  closers.push(['outgoing connections', () => outbound.close()]);
  const models = createModels({
    openai: revealed(config.openai),
    anthropic: revealed(config.anthropic),
    inhouse: { ...revealed(config.inhouse), model: config.inhouse.model },
    builtin: builtinModel,
  });
  const llm = createLlmPort({ models, credits: stores.credits });

  const versions = createExecutableVersions(stores.versions, catalogue, runners);
  const dispatcher = await createPostgresDispatcher(pool, database.url, report);
  closers.push(['worker number', () => dispatcher.close()]);
  const engine = createEngine(
    {
      versions,
      journal,
      broadcast: createBroadcast(live, (workspaceId, runId) => stores.runs.find(workspaceId, runId)),
      stepPorts: createStepPorts({
        smtp: mail.smtp,
        from: mail.from,
        domain: mail.domain,
        markWorkspace: mail.builtIn,
        outbox: stores.outbox,
        http: (signal) => createHttpPort(outbound, signal),
        llm: ({ run, nodeId, key, signal }) => llm({ workspaceId: run.workspaceId, key, runId: run.id, nodeId, signal }),
      }),
      runEnded: async (run) => void (await stores.credits.releaseHoldsOf(run.workspaceId, run.id)),
      now: () => new Date(),
      random: Math.random,
      report: (error, run) => report(error, { runId: run.id }),
    },
    { maxRuns: maxRunsPerProcess },
  );
  closers.push(['journal', () => journal.idle()], ['engine', () => engine.drain()]);
  const loop = startDispatchLoop(dispatcher, engine, report);
  closers.push(['queue', () => loop.stop()]);

  const lookup = createTriggerLookup(stores.triggers);
  const deployment = createTriggerDeployment({
    store: stores.triggers,
    changed: lookup.forget,
    catalogue,
    secret: config.secretKey.reveal(),
    publicUrl,
    now: () => new Date(),
    nextInstant: (raw, from) => nextInstants(scheduleConfig.parse(raw), from, 1)[0] ?? null,
  });
  const scheduler = startScheduler({
    store: stores.triggers,
    engine,
    worker: dispatcher.worker,
    wake: loop.wake,
    now: () => new Date(),
    nextInstants: (raw, from, count) => nextInstants(scheduleConfig.parse(raw), from, count),
    output: (raw, instant) => scheduledOutput(scheduleConfig.parse(raw), instant),
    report,
  });
  closers.push(['scheduler', () => scheduler.stop()]);

  const hooks = { lookup, versions, engine, worker: dispatcher.worker, wake: loop.wake };
  const app = createHttp({
    publicUrl,
    trustProxy: config.trustProxy,
    dev: config.dev,
    version: packageJson.version,
    logger,
    auth: accounts.auth,
    authentication: accounts,
    services: await createServices({
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
      mail,
      wake: loop.wake,
    }),
    ready: async () => void (await pool.query('SELECT 1')),
    mounts: [(express) => mountForms(express, hooks)],
  });
  const client = await mountClient(app, server, { dev: config.dev });
  closers.push(['client', () => client.close()]);
  finishHttp(app, logger);
  const hookListener = createHookListener(hooks, logger);
  handle = (request, response) => (isHook(request) ? hookListener(request, response) : app(request, response));
  say(`Mailweave is listening on ${publicUrl}`);
}

function revealed({ apiKey, baseUrl }: ProviderConfig): { apiKey: string | undefined; baseUrl: string | undefined } {
  return { apiKey: apiKey?.reveal(), baseUrl };
}

async function usersByEmail(pool: pg.Pool, emails: readonly string[]): Promise<string[]> {
  const lower = emails.map((email) => email.toLowerCase());
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM users WHERE email = ANY($1)', [lower]);
  return rows.map((row) => row.id);
}

const closers: Closer[] = [];
shutDownOnSignals(closers, say);
try {
  await main(loadConfig(process.env), closers);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  await closeAll(closers);
  process.exit(1);
}
