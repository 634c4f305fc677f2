import packageJson from '../package.json' with { type: 'json' };
import { createServer, type RequestListener } from 'node:http';
import type pg from 'pg';
import { pino, type Logger } from 'pino';
import { openBus, type Bus } from './bus/bus.ts';
import { defaultPort, loadConfig, type Config, type ProviderConfig } from './config.ts';
import { openDatabase } from './database/database.ts';
import { createKnex } from './database/knex.ts';
import { migrate } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { createOutbound } from './drivers/http/outbound.ts';
import { builtinModel } from './drivers/llm/builtin/model.ts';
import { createModels } from './drivers/llm/models.ts';
import { armFault } from './faults.ts';
import { createAccounts } from './features/accounts/accounts.ts';
import { startFreeingHolds } from './features/credits/forgotten-holds.ts';
import { createReceiver } from './features/inbox/receive.ts';
import { startRetention } from './features/runs/retention.ts';
import { startScheduler, type ScheduleDeps } from './features/triggers/schedules.ts';
import { createHttp, finishHttp } from './http/app.ts';
import { mountClient } from './http/client.ts';
import { createHealthListener } from './http/health.ts';
import { trustedOrigins } from './http/security.ts';
import { closeAll, listen, shutDownOnSignals, startPatiently, type Closer } from './lifecycle.ts';
import { openMailDoor } from './mail.ts';
import { createLive, createProduct } from './product.ts';
import { createAnnouncer, type Announcer } from './realtime/announce.ts';
import { createRunning } from './running.ts';
import { StartupError } from './startup-error.ts';
import { createJournal } from './store/journal.ts';
import { createStores, type Stores } from './stores.ts';

const say = (line: string): void => console.log(line);

/** Everything that all roles share. */
interface Foundation {
  config: Config;
  closers: Closer[];
  logger: Logger;
  report(error: unknown): void;
  storage: Awaited<ReturnType<typeof openStorage>>;
  stores: Stores;
  journal: ReturnType<typeof createJournal>;
  bus: Bus;
}

/** Connects, then does what the role asks for. Each part puts its own closing on the pile; the last made closes first. */
async function main(config: Config, closers: Closer[]): Promise<void> {
  armFault(config.fault);
  const logger = pino({ level: config.logLevel, redact: ['req.headers', 'err.config', 'err.headers'] });
  const report = (error: unknown): void => logger.error({ err: error }, 'something failed in the background');
  const storage = await openStorage(config, closers, report);
  const stores = createStores(storage.knex);
  const bus = await openBus({ url: storage.databaseUrl, takes: config.role !== 'web', report });
  closers.push(['line to other processes', () => bus.close()]);
  const foundation = { config, closers, logger, report, storage, stores, journal: createJournal(storage.pool), bus };
  await (config.role === 'worker' ? work(foundation) : serve(foundation));
}

/** Takes runs from the queue and has no pages. Listens only for health checks, and only where PORT is set. */
async function work(foundation: Foundation): Promise<void> {
  const { config, closers, logger, storage, bus } = foundation;
  const ready = async (): Promise<void> => void (await storage.pool.query('SELECT 1'));
  const server = config.port === null ? null : createServer(createHealthListener(ready, logger));
  const port =
    server && config.port !== null ? await listen(server, { port: config.port, host: config.host }, closers) : null;
  const announcer = createAnnouncer(bus, null);
  const mail = await openMailDoor(config, receiver(foundation, announcer), say);
  closers.push(['mail', () => mail.close()]);
  const publicUrl = config.publicUrl ?? 'http://localhost:3000';
  const parts = { ...running(foundation), announcer, takes: true, mail, publicUrl };
  const { catalogue, dispatcher, schedules } = await createRunning(parts, closers);
  say(`${catalogue.size} node kinds loaded`);
  startChores(foundation, schedules);
  say(
    `Mailweave worker ${dispatcher.worker} takes runs${port === null ? '' : `; its health is listening on http://localhost:${port}`}`,
  );
}

/** The product: pages, API, sockets and triggers; runs too, unless that is left to workers. */
async function serve(foundation: Foundation): Promise<void> {
  const { config, closers, logger, report, storage, stores, journal, bus } = foundation;
  const { pool, knex } = storage;
  // Listening comes before the rest because the public address may depend on the port; until all is built the answer is "starting".
  let handle: RequestListener = (_request, response) =>
    void response.writeHead(503, { 'retry-after': '1' }).end('Mailweave is starting.');
  const server = createServer((request, response) => handle(request, response));
  const port = await listen(server, { port: config.port ?? defaultPort, host: config.host }, closers);
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const live = createLive(server, { stores, journal, bus, publicUrl, report }, () => accounts);
  closers.push(['live events', () => live.close()]);
  const { announcer } = live;
  const mail = await openMailDoor(config, receiver(foundation, announcer), say);
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
  const takes = config.role === 'all';
  const product = await createProduct({ ...running(foundation), accounts, announcer, takes, mail, publicUrl }, closers);
  say(`${product.kinds} node kinds loaded`);
  if (takes) startChores(foundation, product.schedules);

  const app = createHttp({
    publicUrl,
    trustProxy: config.trustProxy,
    dev: config.dev,
    version: packageJson.version,
    logger,
    auth: accounts.auth,
    authentication: accounts,
    services: product.services,
    ready: async () => ({ workers: await product.dispatcher.takers() }),
    mounts: product.mounts,
  });
  const client = await mountClient(app, server, { dev: config.dev });
  closers.push(['client', () => client.close()]);
  finishHttp(app, logger);
  handle = product.door(app);
  say(`Mailweave is listening on ${publicUrl}`);
}

/** What runs are run with, in every role. */
function running({ config, closers, logger, storage, stores, journal, bus }: Foundation) {
  const outbound = createOutbound({ allow: config.outboundAllow });
  closers.push(['outgoing connections', () => outbound.close()]);
  const models = createModels({
    openai: revealed(config.openai),
    anthropic: revealed(config.anthropic),
    inhouse: { ...revealed(config.inhouse), model: config.inhouse.model },
    builtin: builtinModel,
  });
  const { databaseUrl, pool } = storage;
  return { databaseUrl, pool, stores, journal, bus, models, outbound, secret: config.secretKey.reveal(), logger };
}

/** What comes to the built-in inbox is filed, and told to whom it concerns. */
function receiver({ stores, storage, report }: Foundation, announcer: Announcer) {
  return createReceiver({
    store: stores.inbox,
    announce: ({ workspaceId, recipients, ...arrived }) => {
      usersByEmail(storage.pool, recipients).then(
        (userIds) => announcer.inboxArrived({ workspaceId, userIds }, arrived),
        report,
      );
    },
  });
}

/** Any number of processes may do these: what is to happen once is claimed in the database. */
function startChores({ closers, stores, report }: Foundation, schedules: ScheduleDeps): void {
  const scheduler = startScheduler(schedules);
  closers.push(['scheduler', () => scheduler.stop()]);
  const retention = startRetention({ store: stores.retention, now: () => new Date(), report });
  closers.push(['retention', () => retention.stop()]);
  const freeing = startFreeingHolds({ store: stores.credits, now: () => new Date(), report });
  closers.push(['forgotten holds', () => freeing.stop()]);
}

async function openStorage(config: Config, closers: Closer[], report: (error: unknown) => void) {
  const database = await openDatabase(config, say);
  closers.push(['database', () => database.close()]);
  await migrate(database.url, { say });
  const pool = createPool({ url: database.url, name: 'mailweave', onError: report });
  closers.push(['pool', () => pool.end()]);
  const knex = createKnex({ url: database.url, name: 'mailweave-stores' });
  closers.push(['stores', () => knex.destroy()]);
  return { databaseUrl: database.url, pool, knex };
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
  const config = loadConfig(process.env);
  await startPatiently(() => main(config, closers), closers, say);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  await closeAll(closers);
  process.exit(1);
}
