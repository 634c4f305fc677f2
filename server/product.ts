import type { RequestListener, Server } from 'node:http';
import type { Express } from 'express';
import { config as scheduleConfig } from '../shared/nodes/schedule/index.ts';
import { nextInstants } from '../shared/nodes/schedule/instants.ts';
import { compose } from './drivers/llm/builtin/compose.ts';
import { editGraph } from './drivers/llm/builtin/edit/edit.ts';
import { explainGraph } from './drivers/llm/builtin/edit/explain.ts';
import { fixGraph } from './drivers/llm/builtin/edit/fix.ts';
import type { Engine } from './engine/engine.ts';
import { authenticate, type Authentication } from './features/accounts/authenticate.ts';
import type { DecideDeps } from './features/approvals/decide.ts';
import { readEvents, readHead } from './features/runs/read-run.ts';
import { createTriggerDeployment, type TriggerDeployment } from './features/triggers/deploy.ts';
import { createTriggerLookup } from './features/triggers/lookup.ts';
import type { ScheduleDeps } from './features/triggers/schedules.ts';
import { mountApprovals } from './http/approve.ts';
import { mountForms } from './http/forms.ts';
import { createHookListener, isHook } from './http/hooks.ts';
import type { Services } from './http/router/router.ts';
import { trustedOrigins } from './http/security.ts';
import type { Closer } from './lifecycle.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import { createAnnouncer, hearOfPeople, hearOthers, type Announcer } from './realtime/announce.ts';
import { randomUUID } from 'node:crypto';
import { createPresence } from './realtime/presence.ts';
import { workflowRoom } from './realtime/rooms.ts';
import { readRevision } from './features/workflows/drafts.ts';
import { createAudience, createFollowing } from './realtime/audience.ts';
import { createRealtime } from './realtime/socket.ts';
import { createRunning, type RunningParts } from './running.ts';
import { createServices } from './services.ts';

/** What the product is put together from: connections, drivers and accounts, made by `main.ts`, or by a test with smaller ones. */
export interface ProductParts extends RunningParts {
  accounts: Authentication;
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

/** Live events on the web server; `accounts` is asked for only when somebody connects. */
export function createLive(
  server: Server,
  parts: Pick<ProductParts, 'stores' | 'journal' | 'publicUrl' | 'bus'> & { report(error: unknown): void },
  accounts: () => Authentication,
): { announcer: Announcer; close(): Promise<void> } {
  const { stores, journal, bus, report } = parts;
  const reading = { ...stores, journal };
  const follower = createFollowing(() => io, { read: journal.read, heads: stores.runs.heads, report });
  const presence = createPresence({
    origin: randomUUID(),
    emit: (workflowId, people) =>
      void io.to(workflowRoom(workflowId)).emit('workflow.people', { workflowId, people: [...people] }),
    publish: (told) => {
      if (bus.wants(workflowRoom(told.workflowId)))
        bus.publish({ type: 'people', ...told }, `people ${told.workflowId}`);
    },
    now: Date.now,
  });
  const io = createRealtime(server, {
    presence,
    revision: (workspaceId, workflowId) => readRevision(stores, { workspaceId }, workflowId),
    authenticate: async (headers) => {
      const found = await authenticate(accounts(), headers);
      return found?.session
        ? { workspaceId: found.actor.workspaceId, userId: found.session.id, name: found.actor.name }
        : null;
    },
    events: (workspaceId, runId, after) => readEvents(reading, { workspaceId }, runId, after),
    head: (workspaceId, runId) => readHead(reading, { workspaceId }, runId),
    follow: follower.start,
    allowedOrigin: (origin, host) => origin === undefined || trustedOrigins(parts.publicUrl, host).includes(origin),
  });
  const audience = createAudience({ io, follower, summaries: stores.runs.findMany, report });
  const recent = async (workspaceId: string) => (await stores.runs.list(workspaceId, { limit: 50 })).items;
  hearOthers(bus, audience, { recent, report });
  hearOfPeople(bus, audience, presence);
  return { announcer: createAnnouncer(bus, audience), close: () => (presence.close(), audience.close()) };
}

/** Engine, queue, triggers and use cases over the given parts. What has to be closed is put on the pile. */
export async function createProduct(parts: ProductParts, closers: Closer[]): Promise<Product> {
  const { stores, bus, announcer, logger } = parts;
  const running = await createRunning(parts, closers);
  const { catalogue, runners, engine, dispatcher, wake, roomFor, elsewhere } = running;

  const lookup = createTriggerLookup(stores.triggers);
  bus.onMessage((message) => {
    if (message.type === 'triggers') lookup.forget();
  });
  const deployment = createTriggerDeployment({
    store: stores.triggers,
    calls: stores.chains,
    changed: () => {
      lookup.forget();
      bus.publish({ type: 'triggers' }, 'triggers');
    },
    catalogue,
    secret: parts.secret,
    publicUrl: parts.publicUrl,
    now: () => new Date(),
    nextInstant: (raw, from) => nextInstants(scheduleConfig.parse(raw), from, 1)[0] ?? null,
  });
  const deciding: DecideDeps = {
    ...stores,
    now: () => new Date(),
    toldRun: running.toldRun,
    changed: announcer.approvalChanged,
  };
  const hooks = { ...running, worker: dispatcher.worker, lookup };
  const hookListener = createHookListener(hooks, logger);
  const services = await createServices({
    ...parts,
    catalogue,
    runners,
    engine,
    dispatcher,
    llm: running.llm,
    hear: running.hear,
    compose,
    assist: { edit: editGraph, explain: explainGraph, fix: fixGraph },
    triggers: deployment,
    announceSave: ({ workspaceId, ...saved }) => announcer.workflowSaved(workspaceId, saved),
    approvals: deciding,
    wake,
    roomFor,
    elsewhere,
    handsOn: !parts.takes,
  });
  return {
    engine,
    dispatcher,
    deployment,
    services,
    kinds: catalogue.size,
    schedules: running.schedules,
    mounts: [(app) => mountForms(app, hooks), (app) => mountApprovals(app, deciding)],
    door: (app) => (request, response) => (isHook(request) ? hookListener(request, response) : app(request, response)),
  };
}
