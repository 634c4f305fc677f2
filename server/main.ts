import packageJson from '../package.json' with { type: 'json' };
import { createServer, type RequestListener } from 'node:http';
import type pg from 'pg';
import { pino } from 'pino';
import { loadConfig, type Config, type ProviderConfig } from './config.ts';
import { openDatabase } from './database/database.ts';
import { createKnex } from './database/knex.ts';
import { migrate } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { createOutbound } from './drivers/http/outbound.ts';
import { builtinModel } from './drivers/llm/builtin/model.ts';
import { createModels } from './drivers/llm/models.ts';
import { armFault } from './faults.ts';
import { createAccounts } from './features/accounts/accounts.ts';
import { createReceiver } from './features/inbox/receive.ts';
import { startRetention } from './features/runs/retention.ts';
import { startScheduler } from './features/triggers/schedules.ts';
import { createHttp, finishHttp } from './http/app.ts';
import { mountClient } from './http/client.ts';
import { trustedOrigins } from './http/security.ts';
import { closeAll, listen, shutDownOnSignals, type Closer } from './lifecycle.ts';
import { openMailDoor } from './mail.ts';
import { createLive, createProduct } from './product.ts';
import { tellInboxArrived } from './realtime/socket.ts';
import { StartupError } from './startup-error.ts';
import { createJournal } from './store/journal.ts';
import { createStores } from './stores.ts';

const say = (line: string): void => console.log(line);

/** Connects, then puts the product together. Each part puts its own closing on the pile; the last made closes first. */
async function main(config: Config, closers: Closer[]): Promise<void> {
  armFault(config.fault);
  const logger = pino({ level: config.logLevel, redact: ['req.headers', 'err.config', 'err.headers'] });
  const report = (error: unknown): void => logger.error({ err: error }, 'something failed in the background');
  const { databaseUrl, pool, knex } = await openStorage(config, closers, report);
  const stores = createStores(knex);
  // Previews and compositions of a process that died an hour ago will not come back for their credits.
  await stores.credits.releaseAbandoned(new Date(Date.now() - 3_600_000));
  const journal = createJournal(pool);

  // Listening comes before the rest because the public address may depend on the port; until all is built the answer is "starting".
  let handle: RequestListener = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end('Mailweave is starting.');
  const server = createServer((request, response) => handle(request, response));
  const port = await listen(server, config, closers);
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const secret = config.secretKey.reveal();

  const live = createLive(server, { stores, journal, publicUrl }, () => accounts);
  closers.push(['live events', () => live.close()]);
  const receive = createReceiver({
    store: stores.inbox,
    announce: ({ workspaceId, recipients, ...arrived }) => {
      usersByEmail(pool, recipients).then((userIds) => tellInboxArrived(live, { workspaceId, userIds }, arrived), report);
    },
  });
  const mail = await openMailDoor(config, receive, say);
  closers.push(['mail', () => mail.close()]);
  const accounts = createAccounts({
    pool,
    knex,
    secret,
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

  const product = await createProduct(
    { databaseUrl, pool, stores, journal, live, accounts, mail, models, outbound, publicUrl, secret, logger },
    closers,
  );
  say(`${product.kinds} node kinds loaded`);
  const scheduler = startScheduler(product.schedules);
  closers.push(['scheduler', () => scheduler.stop()]);
  const retention = startRetention({ store: stores.retention, now: () => new Date(), report });
  closers.push(['retention', () => retention.stop()]);

  const app = createHttp({
    publicUrl,
    trustProxy: config.trustProxy,
    dev: config.dev,
    version: packageJson.version,
    logger,
    auth: accounts.auth,
    authentication: accounts,
    services: product.services,
    ready: async () => void (await pool.query('SELECT 1')),
    mounts: product.mounts,
  });
  const client = await mountClient(app, server, { dev: config.dev });
  closers.push(['client', () => client.close()]);
  finishHttp(app, logger);
  handle = product.door(app);
  say(`Mailweave is listening on ${publicUrl}`);
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
  await main(loadConfig(process.env), closers);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  await closeAll(closers);
  process.exit(1);
}
