import { pino } from 'pino';
import { afterAll } from 'vitest';
import { openBus } from './bus/bus.ts';
import type { TestDatabase } from './database/testing.ts';
import { createOutbound, type OutboundOptions } from './drivers/http/outbound.ts';
import { builtinModel } from './drivers/llm/builtin/model.ts';
import { createModels, type ModelsConfig } from './drivers/llm/models.ts';
import { createSmtpTransport } from './drivers/mail/smtp.ts';
import { createTestInbox } from './drivers/mail/test-inbox.ts';
import type { Engine } from './engine/engine.ts';
import type { Journal } from './engine/ports.ts';
import { createReceiver } from './features/inbox/receive.ts';
import type { TriggerDeployment } from './features/triggers/deploy.ts';
import type { ScheduleDeps } from './features/triggers/schedules.ts';
import { testServer, type Behind, type Surroundings, type TestServer, type TestServerOptions } from './http/testing.ts';
import { closeAll, type Closer } from './lifecycle.ts';
import { createLive, createProduct } from './product.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
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
  /** What a scheduler needs; nothing looks for due schedules but the test. */
  schedules: ScheduleDeps;
  /** `smtp://…` of the built-in inbox. */
  smtpUrl: string;
}

/** What stands outside of the product. */
interface Outside {
  smtpUrl?: string;
  models?: Partial<ModelsConfig>;
  /** Private addresses that steps may call. */
  allow?: OutboundOptions['allow'];
}

type Inside = Omit<TestProduct, keyof TestServer>;

/**
 * Starts everything over the database and stops it after the file's tests. The built-in engine is the only model, but for those of `models`. Workflows send their mail
 * to the built-in inbox, or to the server of `smtpUrl`.
 */
export async function testProduct(
  db: TestDatabase,
  { smtpUrl, models = {}, allow = [], ...options }: Omit<TestServerOptions, 'behind'> & Outside = {},
): Promise<TestProduct> {
  const closers: Closer[] = [];
  const stores = createStores(db.knex);
  const inside = Promise.withResolvers<Inside>();
  const server = await testServer(db, {
    onWorkspaceCreated: (workspaceId, transaction) => stores.credits.open(workspaceId, transaction),
    behind: (around) => build(db, stores, around, closers, inside.resolve, { smtpUrl, models, allow }),
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
  { smtpUrl, models, allow = [] }: { [K in keyof Outside]: Outside[K] | undefined },
): Promise<Behind> {
  const journal = createJournal(db.pool);
  const report = (): void => {};
  const bus = await openBus({ url: db.url, takes: true, report });
  closers.push(['line to other processes', () => bus.close()]);
  const live = createLive(server, { stores, journal, bus, publicUrl, report }, () => accounts);
  closers.push(['live events', () => live.close()]);
  const inbox = await createTestInbox({
    host: '127.0.0.1',
    port: 0,
    onMessage: createReceiver({ store: stores.inbox }),
  });
  closers.push(['inbox', () => inbox.close()]);
  const smtp = createSmtpTransport({ url: smtpUrl ?? inbox.url });
  closers.push(['smtp', () => smtp.close()]);
  const outbound = createOutbound({ allow });
  closers.push(['outgoing connections', () => outbound.close()]);
  const product = await createProduct(
    {
      databaseUrl: db.url,
      pool: db.pool,
      stores,
      journal,
      bus,
      announcer: live.announcer,
      takes: true,
      accounts,
      mail: { smtp, builtIn: true, from, domain: 'mailweave.test' },
      models: createModels({ openai: {}, anthropic: {}, inhouse: {}, builtin: builtinModel, ...models }),
      outbound,
      publicUrl,
      secret,
      logger: pino({ level: 'silent' }),
    },
    closers,
  );
  const { engine, dispatcher, deployment, schedules } = product;
  tell({ stores, engine, journal, dispatcher, deployment, schedules, smtpUrl: inbox.url });
  return { http: { services: product.services, mounts: product.mounts }, door: product.door };
}
