import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Template } from '../../shared/api/templates.ts';
import { AppError } from '../../shared/errors.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import type { Problem } from '../../shared/workflow/problem.ts';
import type { TestDatabase } from '../database/testing.ts';
import type { SystemMail } from '../drivers/auth/mails.ts';
import { createAccounts } from '../features/accounts/accounts.ts';
import { priceTable } from '../../shared/workflow/pricing.ts';
import { loadCatalogue, type Registry } from '../nodes/registry.ts';
import { loadShippedTemplates } from '../features/templates/shipped.ts';
import { createWorkflow, getWorkflow } from '../features/workflows/drafts.ts';
import type { WorkflowDeps } from '../features/workflows/ports.ts';
import { createTemplateStore } from '../store/templates.ts';
import { createHistoryStore } from '../store/history.ts';
import { createWorkflowStore } from '../store/workflows.ts';
import { createHttp, finishHttp, type HttpOptions } from './app.ts';
import type { Services } from './router/router.ts';
import { trustedOrigins } from './security.ts';

/** A whole HTTP face on a free port, over a real database. Only the engine behind it is simple; server/testing.ts has a real one. */
export interface TestServer {
  url: string;
  /** Mails that the product sent, oldest first. */
  mails: SystemMail[];
  /** Lines of the log, parsed. */
  logged: Record<string, unknown>[];
  deployed: string[];
  created: string[];
}

export interface TestServerOptions {
  publicUrl?: string;
  requireVerifiedEmail?: boolean;
  attemptScale?: number;
  http?: Partial<HttpOptions>;
  services?: Partial<Services>;
  onWorkspaceCreated?: Parameters<typeof createAccounts>[0]['onWorkspaceCreated'];
  /** Makes what stands behind the routes, in place of the simple services. */
  behind?(around: Surroundings): Promise<Behind>;
}

export interface Behind {
  http: Partial<HttpOptions> & Pick<HttpOptions, 'services'>;
  /** Stands before Express and hands on what is not its own. */
  door(app: RequestListener): RequestListener;
}

/** What the server is made around, for whoever puts more on it. */
export interface Surroundings {
  server: Server;
  publicUrl: string;
  accounts: ReturnType<typeof createAccounts>;
}

export const PASSWORD = 'correct horse battery';

/** Starts a server and closes it after the file's tests. */
export async function testServer(db: TestDatabase, options: TestServerOptions = {}): Promise<TestServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const publicUrl = options.publicUrl ?? url;
  const test: TestServer = { url, mails: [], logged: [], deployed: [], created: [] };
  const accounts = createAccounts({
    pool: db.pool,
    knex: db.knex,
    secret: 'a secret for tests that is long enough',
    publicUrl,
    trustedOrigins: (host) => trustedOrigins(publicUrl, host),
    sendSystemMail: async (mail) => void test.mails.push(mail),
    onWorkspaceCreated: async (workspaceId, transaction) => {
      test.created.push(workspaceId);
      await options.onWorkspaceCreated?.(workspaceId, transaction);
    },
    requireVerifiedEmail: options.requireVerifiedEmail ?? false,
    attemptScale: options.attemptScale ?? 1_000,
  });
  const logger = pino({ level: 'debug' }, { write: (line) => void test.logged.push(JSON.parse(line)) });
  const behind = await options.behind?.({ server, publicUrl, accounts });
  const app = createHttp({
    publicUrl,
    trustProxy: false,
    dev: false,
    version: '0.0.0',
    logger,
    auth: accounts.auth,
    authentication: accounts,
    ready: async () => (await db.pool.query<{ workers: number }>('SELECT 1 AS workers')).rows[0]!,
    ...behind?.http,
    services: {
      ...(behind?.http.services ?? services(db, accounts, test, await loadShippedTemplates(), await loadCatalogue())),
      ...options.services,
    },
    ...options.http,
  });
  finishHttp(app, logger);
  server.on('request', behind?.door(app) ?? app);
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return test;
}

function services(
  db: TestDatabase,
  accounts: ReturnType<typeof createAccounts>,
  test: TestServer,
  shipped: ReadonlyMap<string, Template>,
  { catalogue }: Registry,
): Services {
  const workflows: WorkflowDeps = {
    store: createWorkflowStore(db.knex),
    history: createHistoryStore(db.knex),
    check: onlyTriggers,
    upgrade: (graph) => graph,
    triggers: {
      deploy: async (_trx, { versionId }) => void test.deployed.push(versionId),
      setActive: async () => {},
      describe: async ({ graph }) =>
        graph.nodes
          .filter(({ kind }) => kind === 'manual')
          .map(({ id }) => ({ nodeId: id, kind: 'manual', url: null, nextAt: null })),
    },
  };
  return {
    workspace: { auth: accounts.auth, store: accounts.store, now: accounts.now, balance: async () => 5_000_000 },
    apiKeys: accounts,
    workflows,
    credits: { balance: elsewhere, statement: elsewhere },
    dashboard: { get: elsewhere, export: elsewhere },
    connections: { problems: elsewhere, test: elsewhere },
    nodes: { list: async () => ({ items: [] }) },
    compose: { providers: elsewhere, generate: elsewhere },
    assist: { edit: elsewhere, explain: elsewhere, fix: elsewhere },
    conversations: { list: elsewhere, get: elsewhere, decide: elsewhere, remove: elsewhere },
    previews: { create: elsewhere, get: elsewhere },
    runs: {
      start: elsewhere,
      sendTest: elsewhere,
      list: elsewhere,
      get: elsewhere,
      events: elsewhere,
      payload: elsewhere,
      parts: elsewhere,
      cancel: elsewhere,
      pause: elsewhere,
      resume: elsewhere,
      rerun: elsewhere,
      retry: elsewhere,
      replay: elsewhere,
      retryFailed: elsewhere,
      bulk: elsewhere,
      resolveUncertain: elsewhere,
    },
    approvals: { list: elsewhere, decide: elsewhere },
    templates: {
      store: createTemplateStore(db.knex),
      shipped,
      catalogue,
      models: { prices: () => priceTable({}), choose: () => 'builtin' },
      expressionOf: (_kind, field) => (field === 'html' ? 'html' : 'text'),
      createWorkflow: (actor, input) => createWorkflow(workflows, actor, input),
      readWorkflow: (actor, id) => getWorkflow(workflows, actor, { id }),
    },
    inbox: {
      list: elsewhere,
      held: elsewhere,
      heldMail: elsewhere,
      get: elsewhere,
      source: elsewhere,
      attachment: elsewhere,
      remove: elsewhere,
      clear: elsewhere,
    },
  };
}

/** Other features have tests of their own; a route that reaches them has passed the door. */
async function elsewhere(): Promise<never> {
  throw new AppError('not_found', 'Nothing here: this feature is tested elsewhere.');
}

function onlyTriggers(graph: WorkflowGraph): Problem[] {
  if (graph.nodes.some(({ kind }) => kind === 'manual')) return [];
  return [{ severity: 'error', code: 'no_trigger', message: 'Add a trigger.' }];
}

/** Someone with a cookie jar of their own. */
export class Person {
  readonly #server: TestServer;
  #cookies = new Map<string, string>();
  readonly name: string;
  readonly email: string;

  constructor(server: TestServer, name: string) {
    this.#server = server;
    this.name = name;
    this.email = `${name.toLowerCase()}@example.com`;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Sends JSON and reads JSON; keeps cookies as a browser does. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.#server.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const text = await response.text();
    const json: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: json as Json };
  }

  signUp(): Promise<Answer> {
    const { name, email } = this;
    return this.send('POST', '/api/auth/sign-up/email', { name, email, password: PASSWORD });
  }

  signIn(password = PASSWORD): Promise<Answer> {
    return this.send('POST', '/api/auth/sign-in/email', { email: this.email, password });
  }
}

/** Whatever JSON came back; tests look at single fields. */
export interface Json {
  [key: string]: Json;
  [index: number]: Json;
}

/** A single value of an answer as text, such as an id. */
export function textOf(value: Json | undefined): string {
  const plain: unknown = value;
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** Signs somebody new up. */
export async function newPerson(server: TestServer, name: string): Promise<Person> {
  const person = new Person(server, name);
  const { status, body } = await person.signUp();
  if (status !== 200) throw new Error(`sign-up of ${name} gave ${status}: ${JSON.stringify(body)}`);
  return person;
}
