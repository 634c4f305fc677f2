import { upgradeGraph } from '../shared/engine/upgrade.ts';
import { validate } from '../shared/engine/validate.ts';
import type { FieldMeta, NodeCatalogue, NodeRunner, Ports } from '../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../shared/workflow/graph.ts';
import type { Problem } from '../shared/workflow/problem.ts';
import type { Actor } from './actor.ts';
import type { HearOutcome } from './connection-outcome.ts';
import type { Models } from './drivers/llm/models.ts';
import type { SmtpTransport } from './drivers/mail/smtp.ts';
import type { Engine } from './engine/engine.ts';
import type { Journal } from './engine/ports.ts';
import type { RoomFor } from './engine/room.ts';
import type { Authentication } from './features/accounts/authenticate.ts';
import type { DecideDeps } from './features/approvals/decide.ts';
import { createApprovalService } from './features/approvals/service.ts';
import type { AssistEngine } from './features/compose/assist.ts';
import { createAssistService, createConversationService } from './features/compose/assist.ts';
import type { ComposeParts } from './features/compose/compose-workflow.ts';
import { createComposeService } from './features/compose/service.ts';
import { connectionProblems, testConnection } from './features/connections/connections.ts';
import type { LlmCaller } from './features/credits/llm-port.ts';
import { createCreditService } from './features/credits/service.ts';
import { exportDashboard, readDashboard } from './features/dashboard/dashboard.ts';
import { listHeld, readHeld } from './features/inbox/held.ts';
import { listInbox, mailAttachment, mailSource, readMail } from './features/inbox/read.ts';
import { clearInbox, removeMail } from './features/inbox/tidy.ts';
import { describeKinds } from './features/nodes/describe.ts';
import { createPreview, getPreview, type PreviewDeps } from './features/previews/preview.ts';
import { bulkRuns } from './features/runs/bulk-runs.ts';
import type { Elsewhere } from './features/runs/elsewhere.ts';
import { readEvents, readParts, readPayload, readRun } from './features/runs/read-run.ts';
import { rerunRun, replayRun, retryRun } from './features/runs/rerun-run.ts';
import { retryFailedRuns } from './features/runs/retry-failed.ts';
import { plannedSection, sectionProblems } from './features/runs/section.ts';
import { sendTestMail } from './features/runs/send-test-mail.ts';
import { startRun } from './features/runs/start-run.ts';
import { cancelRun, pauseRun, resolveUncertain, resumeRun } from './features/runs/steer-run.ts';
import { loadShippedTemplates } from './features/templates/shipped.ts';
import { createWorkflow, getWorkflow } from './features/workflows/drafts.ts';
import type { WorkflowDeps } from './features/workflows/ports.ts';
import { createFormLimit } from './http/form-limit.ts';
import type { Services } from './http/router/router.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import type { Stores } from './stores.ts';

/** What the use cases are made from. */
export interface Parts {
  stores: Stores;
  accounts: Authentication;
  catalogue: NodeCatalogue;
  runners: ReadonlyMap<string, NodeRunner>;
  engine: Engine;
  journal: Journal;
  dispatcher: Dispatcher;
  models: Models;
  /** The paid door to the models. */
  llm(caller: LlmCaller): Ports['llm'];
  hear: HearOutcome;
  compose: ComposeParts['builtin'];
  /** The built-in engine, for changes. */
  assist: AssistEngine;
  triggers: WorkflowDeps['triggers'];
  announceSave: NonNullable<WorkflowDeps['announceSave']>;
  approvals: DecideDeps;
  mail: { builtIn: boolean; from: string; smtp: SmtpTransport };
  wake(): void;
  roomFor: RoomFor;
  elsewhere: Elsewhere;
  /** See SteerDeps. */
  handsOn: boolean;
}

/** How many test mails one person may send themselves in a minute. */
const testMailsPerMinute = 6;

/** How many times one person may try a connection in a minute. */
const triesPerMinute = 10;

/** Puts each use case behind its route. Nothing is decided here. */
export async function createServices(parts: Parts): Promise<Services> {
  const { stores, accounts, catalogue, engine, journal, dispatcher, models, llm } = parts;
  const check = (graph: WorkflowGraph) => validate(graph, catalogue);
  const workflows: WorkflowDeps = {
    store: stores.workflows,
    history: stores.history,
    triggers: parts.triggers,
    check,
    upgrade: (graph) => upgradeGraph(graph, catalogue),
    announceSave: parts.announceSave,
  };
  const templates = {
    store: stores.templates,
    shipped: await loadShippedTemplates(),
    catalogue,
    models,
    expressionOf: (kind: string, field: string) => fieldMeta(catalogue, kind, field)?.expression,
    createWorkflow: (actor: Parameters<typeof createWorkflow>[1], input: { name: string; graph: WorkflowGraph }) =>
      createWorkflow(workflows, actor, input),
    readWorkflow: (actor: Parameters<typeof getWorkflow>[1], id: string) => getWorkflow(workflows, actor, { id }),
  };
  const reading = { runs: stores.runs, chains: stores.chains, versions: stores.versions, journal };
  const { roomFor, elsewhere, handsOn, wake } = parts;
  const steering = {
    engine,
    dispatcher,
    runs: stores.runs,
    chains: stores.chains,
    pauses: stores.pauses,
    elsewhere,
    handsOn,
    wake,
  };
  const workspaceName = async (id: string): Promise<string> => (await accounts.store.find(id))?.name ?? '';
  const previews = {
    ...stores,
    catalogue,
    runners: parts.runners,
    validate: check,
    models,
    llm,
    workspaceName,
    from: parts.mail.from,
    plannedSection: async (...given: Parameters<PreviewDeps['plannedSection']>) => {
      const plan = await plannedSection({ ...stores, journal, catalogue, workspaceName }, ...given);
      return { ...plan, problems: (all: readonly Problem[]) => sectionProblems(all, plan) };
    },
  };
  const starting = {
    ...stores,
    engine,
    journal,
    worker: dispatcher.worker,
    catalogue,
    validate: check,
    workspaceName,
    roomFor,
    wake,
  };
  const testing = {
    ...starting,
    emailOf: async (userId: string) => (await accounts.store.user(userId))?.email ?? null,
    countMail: createFormLimit(testMailsPerMinute),
  };
  const inbox = { store: stores.inbox, builtIn: parts.mail.builtIn };
  const composing = { catalogue, validate: check, models, llm, builtin: parts.compose, now: () => new Date() };
  const assisting = {
    ...composing,
    builtin: parts.assist,
    store: stores.conversations,
    hasWorkflow: async (actor: Actor, id: string) => (await stores.workflows.find(actor.workspaceId, id)) !== undefined,
    readRun: (actor: Actor, id: string) => readRun(reading, actor, id),
  };
  const counting = { store: stores.dashboard, credits: stores.credits };
  const connecting = {
    store: stores.connections,
    models,
    smtp: parts.mail.smtp,
    llm,
    hear: parts.hear,
    countTest: createFormLimit(triesPerMinute),
  };
  const kinds = describeKinds(catalogue);

  return {
    workspace: { ...accounts, balance: async (id) => (await stores.credits.balance(id)).availableMicro },
    apiKeys: accounts,
    workflows,
    credits: createCreditService(stores.credits),
    dashboard: {
      get: (actor, input) => readDashboard(counting, actor, input),
      export: (actor, input) => exportDashboard(counting, actor, input),
    },
    connections: {
      problems: (actor) => connectionProblems(connecting, actor),
      test: (actor, input, signal) => testConnection(connecting, actor, input, signal),
    },
    nodes: { list: async () => ({ items: kinds }) },
    compose: createComposeService(composing),
    assist: createAssistService(assisting),
    conversations: createConversationService(assisting),
    previews: {
      create: (actor, input, signal) => createPreview(previews, actor, input, signal),
      get: (actor, { id }) => getPreview(previews, actor, id),
    },
    runs: {
      start: (actor, input) => startRun(starting, actor, input),
      sendTest: (actor, input) => sendTestMail(testing, actor, input),
      list: (actor, input) => stores.runs.list(actor.workspaceId, input),
      get: (actor, { id }) => readRun(reading, actor, id),
      events: async (actor, { id, after }) => ({ events: await readEvents(reading, actor, id, after) }),
      payload: async (actor, input) => ({ value: await readPayload(reading, actor, input) }),
      parts: async (actor, { id }) => ({ items: await readParts(reading, actor, id) }),
      cancel: async (actor, { id }) => (await cancelRun(steering, actor, id), { ok: true }),
      rerun: (actor, input) => rerunRun(starting, actor, input),
      retry: (actor, { id }) => retryRun(starting, actor, id),
      replay: (actor, input) => replayRun(starting, actor, input),
      bulk: (actor, input) => bulkRuns({ starting, steering }, actor, input),
      retryFailed: (actor, input) => retryFailedRuns(starting, actor, input),
      pause: async (actor, { id }) => (await pauseRun(steering, actor, id), { ok: true }),
      resume: async (actor, input) => (await resumeRun(steering, actor, input), { ok: true }),
      resolveUncertain: async (actor, input) => (await resolveUncertain(steering, actor, input), { ok: true }),
    },
    approvals: createApprovalService(parts.approvals),
    templates,
    inbox: {
      list: (actor, input) => listInbox(inbox, actor, input),
      held: (actor, input) => listHeld(stores, actor, input),
      heldMail: (actor, input) => readHeld(stores, actor, input),
      get: (actor, input) => readMail(inbox, actor, input),
      source: (actor, input) => mailSource(inbox, actor, input),
      attachment: (actor, input) => mailAttachment(inbox, actor, input),
      remove: (actor, input) => removeMail(inbox, actor, input),
      clear: (actor) => clearInbox(inbox, actor),
    },
  };
}

function fieldMeta(catalogue: NodeCatalogue, kind: string, field: string): FieldMeta | undefined {
  return catalogue.get(kind)?.config.shape[field]?.meta() as FieldMeta | undefined;
}
