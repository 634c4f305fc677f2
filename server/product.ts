import type { RequestListener, Server } from 'node:http';
import type { Express } from 'express';
import type pg from 'pg';
import type { Logger } from 'pino';
import { config as scheduleConfig } from '../shared/nodes/schedule/index.ts';
import { nextInstants, scheduledOutput } from '../shared/nodes/schedule/instants.ts';
import type { Outbound } from './drivers/http/outbound.ts';
import { createHttpPort } from './drivers/http/port.ts';
import { compose } from './drivers/llm/builtin/compose.ts';
import type { Models } from './drivers/llm/models.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { Journal } from './engine/ports.ts';
import { authenticate, type Authentication } from './features/accounts/authenticate.ts';
import { createLlmPort } from './features/credits/llm-port.ts';
import { createExecutableVersions } from './features/runs/executable-versions.ts';
import { readEvents } from './features/runs/read-run.ts';
import { createStepPorts } from './features/runs/step-ports.ts';
import { createTriggerDeployment, type TriggerDeployment } from './features/triggers/deploy.ts';
import { createTriggerLookup } from './features/triggers/lookup.ts';
import type { ScheduleDeps } from './features/triggers/schedules.ts';
import { mountForms } from './http/forms.ts';
import { createHookListener, isHook } from './http/hooks.ts';
import type { Services } from './http/router/router.ts';
import { trustedOrigins } from './http/security.ts';
import type { Closer } from './lifecycle.ts';
import type { MailDoor } from './mail.ts';
import { loadCatalogue } from './nodes/registry.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import { startDispatchLoop } from './queue/loop.ts';
import { createPostgresDispatcher } from './queue/postgres.ts';
import { createBroadcast, createRealtime, tellWorkflowSaved, type Realtime } from './realtime/socket.ts';
import { createServices } from './services.ts';
import type { Stores } from './stores.ts';

/** What the product is put together from: connections, drivers and accounts, made by `main.ts`, or by a test with smaller ones. */
export interface ProductParts {
  databaseUrl: string;
  pool: pg.Pool;
  stores: Stores;
  journal: Journal & { idle(): Promise<void> };
  live: Realtime;
  accounts: Authentication;
  mail: Pick<MailDoor, 'smtp' | 'builtIn' | 'from' | 'domain'>;
  models: Models;
  outbound: Outbound;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Derives the public tokens of triggers. */
  secret: string;
  logger: Logger;
}

export interface Product {
  engine: Engine;
  dispatcher: Dispatcher;
  deployment: TriggerDeployment;
  services: Services;
  /** How many node kinds there are. */
  kinds: number;
  /** What a scheduler needs. */
  schedules: ScheduleDeps;
  /** Public pages beside the API. */
  mounts: ((app: Express) => void)[];
  /** Stands before Express: answers webhooks itself and hands on the rest. */
  door(app: RequestListener): RequestListener;
}

/** Runs that one process has in memory at once; more wait in the queue. */
const maxRunsPerProcess = 1_000;

/** Live events on the web server; `accounts` is asked for only when somebody connects. */
export function createLive(
  server: Server,
  parts: Pick<ProductParts, 'stores' | 'journal' | 'publicUrl'>,
  accounts: () => Authentication,
): Realtime {
  const reading = { ...parts.stores, journal: parts.journal };
  return createRealtime(server, {
    authenticate: async (headers) => {
      const found = await authenticate(accounts(), headers);
      return found?.session ? { workspaceId: found.actor.workspaceId, userId: found.session.id } : null;
    },
    events: (workspaceId, runId, after) => readEvents(reading, { workspaceId }, runId, after),
    allowedOrigin: (origin, host) => origin === undefined || trustedOrigins(parts.publicUrl, host).includes(origin),
  });
}

/** Engine, queue, triggers and use cases over the given parts. What has to be closed is put on the pile. */
export async function createProduct(parts: ProductParts, closers: Closer[]): Promise<Product> {
  const { stores, journal, live, mail, models, outbound, logger } = parts;
  const report = (error: unknown, context: object = {}): void => logger.error({ err: error, ...context }, 'something failed in the background');
  const { catalogue, runners } = await loadCatalogue();
  const llm = createLlmPort({ models, credits: stores.credits });
  const versions = createExecutableVersions(stores.versions, catalogue, runners);
  const dispatcher = await createPostgresDispatcher(parts.pool, parts.databaseUrl, report);
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
    secret: parts.secret,
    publicUrl: parts.publicUrl,
    now: () => new Date(),
    nextInstant: (raw, from) => nextInstants(scheduleConfig.parse(raw), from, 1)[0] ?? null,
  });
  const running = { engine, worker: dispatcher.worker, wake: loop.wake };
  const hooks = { ...running, lookup, versions };
  const hookListener = createHookListener(hooks, logger);
  const services = await createServices({
    ...parts,
    catalogue,
    runners,
    engine,
    dispatcher,
    llm,
    compose,
    triggers: deployment,
    announceSave: ({ workspaceId, ...saved }) => tellWorkflowSaved(live, workspaceId, saved),
    wake: loop.wake,
  });
  return {
    engine,
    dispatcher,
    deployment,
    services,
    kinds: catalogue.size,
    schedules: {
      ...running,
      store: stores.triggers,
      now: () => new Date(),
      nextInstants: (raw, from, count) => nextInstants(scheduleConfig.parse(raw), from, count),
      output: (raw, instant) => scheduledOutput(scheduleConfig.parse(raw), instant),
      report,
    },
    mounts: [(app) => mountForms(app, hooks)],
    door: (app) => (request, response) => (isHook(request) ? hookListener(request, response) : app(request, response)),
  };
}
