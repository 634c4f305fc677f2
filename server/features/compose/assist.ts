import type { AssistEvent, ChatMessage } from '../../../shared/api/assist.ts';
import type { Run } from '../../../shared/api/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue, ProviderId } from '../../../shared/nodes/contract.ts';
import type { UnsupportedPart } from '../../../shared/workflow/composition.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { patchMarks } from '../../../shared/workflow/patch-choice.ts';
import { diffGraphs, isEmptyPatch } from '../../../shared/workflow/patch.ts';
import { placedAfter } from '../../../shared/workflow/place.ts';
import { requireRole } from '../../actor.ts';
import type { Actor } from '../../actor.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { uuidv7 } from '../../ids.ts';
import type { ConversationStore, MessageRow, NewMessage } from '../../store/conversations.ts';
import { clip } from './assemble.ts';
import { checkRequest } from './compose-workflow.ts';
import { editByModel } from './edit-workflow.ts';
import type { Edited, EditParts, Progress } from './edit-workflow.ts';
import { failureOf } from './failed-step.ts';
import type { Failure } from './failed-step.ts';

/** What the built-in engine does with a request for a change. `explains`: the words ask what the workflow does. */
interface BuiltinAnswer {
  graph: WorkflowGraph;
  text: string;
  assumptions: string[];
  unsupported: UnsupportedPart[];
}

/** The built-in engine: no model, no cost. */
export interface AssistEngine {
  edit(request: {
    graph: WorkflowGraph;
    request: string;
    catalogue: NodeCatalogue;
    now: Date;
    timezone: string;
    me: string | undefined;
  }): BuiltinAnswer & { explains: boolean; language: string };
  explain(request: { graph: WorkflowGraph; catalogue: NodeCatalogue; language: string }): string;
  fix(request: {
    graph: WorkflowGraph;
    failure: Failure;
    catalogue: NodeCatalogue;
    language: string;
    /** A language model is set up. */
    hasModel: boolean;
  }): BuiltinAnswer;
}

export interface AssistDeps extends EditParts {
  models: Pick<Models, 'available' | 'choose'>;
  store: ConversationStore;
  builtin: AssistEngine;
  now(): Date;
  hasWorkflow(actor: Actor, id: string): Promise<boolean>;
  /** @throws AppError not_found */
  readRun(actor: Actor, id: string): Promise<Run>;
}

interface Asked {
  workflowId: string;
  graph: WorkflowGraph;
  conversationId?: string | undefined;
  provider: ProviderId | 'auto';
  timezone: string;
}

/** One question on its way to its answer. */
interface Question extends Asked {
  kind: ChatMessage['kind'];
  /** What is shown as the person's words, and what a model is asked. */
  text: string;
  request: string;
  runId: string | null;
  language: string;
  failure?: Failure | undefined;
}

/** So many of the last messages go along to a model. */
const rememberedMessages = 12;

/** The use cases behind `assist` of the contract: each streams what is being written and ends with question and answer, which are kept. */
export function createAssistService(deps: AssistDeps) {
  return {
    /** @throws AppError forbidden for viewers, bad_request, too_large, not_found */
    async edit(actor: Actor, input: Asked & { request: string }, signal: AbortSignal | undefined) {
      const { prompt } = checkRequest({ prompt: input.request, timezone: input.timezone });
      return answered(
        deps,
        actor,
        { ...input, kind: 'edit', text: prompt, request: prompt, runId: null, language: '' },
        signal,
      );
    },

    async explain(actor: Actor, input: Asked & { language?: string | undefined }, signal: AbortSignal | undefined) {
      const language = languageOf(input.language);
      const text = language === 'de' ? 'Erkläre diesen Workflow.' : 'Explain this workflow.';
      const request = `Explain in plain sentences what this workflow does, step by step, for somebody who has not built it. Change nothing. Answer in the language with the code “${language}”.`;
      return answered(deps, actor, { ...input, kind: 'explain', text, request, runId: null, language }, signal);
    },

    /** @throws AppError conflict when nothing of the run has failed */
    async fix(
      actor: Actor,
      input: Asked & { runId: string; request: string; language?: string | undefined },
      signal: AbortSignal | undefined,
    ) {
      requireRole(actor, 'editor');
      const run = await deps.readRun(actor, input.runId);
      if (run.workflowId !== input.workflowId)
        throw new AppError('not_found', 'There is no such run of this workflow.');
      const failure = failureOf(run, deps.catalogue);
      const language = languageOf(input.language);
      const own = input.request.trim();
      const standard =
        language === 'de'
          ? `Warum ist „${failure.title}“ fehlgeschlagen, und wie lässt es sich beheben?`
          : `Why did “${failure.title}” fail, and how can it be fixed?`;
      const request = `${own || 'Say in plain words why this run failed, and change the workflow so that it does not fail like that again.'} If the cause lies outside of the workflow, change nothing and say what to do. Answer in the language with the code “${language}”.`;
      return answered(
        deps,
        actor,
        { ...input, kind: 'fix', text: own || standard, request, runId: run.id, language, failure },
        signal,
      );
    },
  };
}

/** `de-CH` → `de`; English where nothing is said. */
function languageOf(tag: string | undefined): string {
  return /^[a-z]{2}/.exec(tag?.toLowerCase() ?? '')?.[0] ?? 'en';
}

async function answered(
  deps: AssistDeps,
  actor: Actor,
  question: Question,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<AssistEvent>> {
  // Before the stream begins, so that it is an answer with a status and not an event.
  requireRole(actor, 'editor');
  checkRequest({ prompt: question.text, timezone: question.timezone });
  if (!(await deps.hasWorkflow(actor, question.workflowId)))
    throw new AppError('not_found', 'There is no such workflow.');
  const { conversationId, workflowId } = question;
  const conversation = conversationId === undefined ? null : await deps.store.find(actor.workspaceId, conversationId);
  if (conversationId !== undefined && conversation?.workflowId !== workflowId) throw gone();
  return stream(deps, actor, question, signal ?? new AbortController().signal);
}

async function* stream(
  deps: AssistDeps,
  actor: Actor,
  question: Question,
  signal: AbortSignal,
): AsyncGenerator<AssistEvent> {
  const provider = deps.models.choose(question.provider);
  const edited =
    provider === 'builtin'
      ? yield* byBuiltin(deps, actor, question)
      : yield* byModel(deps, actor, question, provider, signal);
  const answer = answerOf(deps, question, edited);
  const asked: NewMessage = {
    ...answer,
    role: 'user',
    text: question.text,
    author: actor.name,
    changes: [],
    patch: null,
    outcome: null,
    notes: { assumptions: [], unsupported: [], problems: [] },
    provider: null,
    costMicro: 0,
  };
  const { workflowId, conversationId } = question;
  const kept = await deps.store.append(
    actor.workspaceId,
    { workflowId, conversationId, title: clip(question.text, 120) },
    [asked, answer],
  );
  if (kept === undefined) throw gone();
  const [first, second] = kept.messages as [MessageRow, MessageRow];
  yield { type: 'done', conversationId: kept.conversationId, question: present(first), answer: present(second) };
}

async function* byBuiltin(deps: AssistDeps, actor: Actor, question: Question): AsyncGenerator<Progress, Edited> {
  const { graph, timezone, failure } = question;
  const { catalogue, builtin } = deps;
  const words = (text: string): Edited => ({
    graph,
    text,
    assumptions: [],
    unsupported: [],
    problems: [],
    provider: 'builtin',
    costMicro: 0,
  });
  if (question.kind === 'explain') return words(builtin.explain({ graph, catalogue, language: question.language }));
  if (failure !== undefined) {
    const hasModel = deps.models.available().some(({ id, configured }) => configured && id !== 'builtin');
    return { ...words(''), ...builtin.fix({ graph, failure, catalogue, language: question.language, hasModel }) };
  }
  yield { type: 'status', text: 'Reading your request' };
  const me = await deps.store.emailOf(actor.workspaceId, actor.userId);
  const { explains, language, ...answer } = builtin.edit({
    graph,
    request: question.request,
    catalogue,
    now: deps.now(),
    timezone,
    me,
  });
  return explains ? words(builtin.explain({ graph, catalogue, language })) : { ...words(''), ...answer };
}

async function* byModel(
  deps: AssistDeps,
  actor: Actor,
  question: Question,
  provider: Exclude<ProviderId, 'builtin'>,
  signal: AbortSignal,
): AsyncGenerator<Progress, Edited> {
  const { conversationId, graph, request, timezone, failure, kind } = question;
  const { workspaceId } = actor;
  const history =
    conversationId === undefined ? [] : await deps.store.messages(workspaceId, conversationId, rememberedMessages);
  return yield* editByModel(deps, {
    graph,
    request,
    history,
    problems: deps.validate(graph),
    failed: failure,
    now: deps.now(),
    timezone,
    provider,
    workspaceId,
    key: `assist:${uuidv7()}`,
    purpose: kind === 'explain' ? 'Workflow explained' : kind === 'fix' ? 'Run looked into' : 'AI edit',
    signal,
  });
}

function answerOf(deps: AssistDeps, { kind, runId, graph }: Question, edited: Edited): NewMessage {
  const after = edited.graph === graph ? graph : placedAfter(graph, edited.graph, deps.catalogue);
  const patch = diffGraphs(graph, after);
  const nothing = isEmptyPatch(patch);
  const fields = new Map(patch.nodes.changed.map((change) => [change.id, change.fields]));
  const titles = new Map([...graph.nodes, ...after.nodes].map(({ id, title }) => [id, title]));
  const known = new Set(
    nothing ? [] : deps.validate(graph).map(({ code, nodeId, field }) => [code, nodeId, field].join()),
  );
  const problems = nothing
    ? []
    : [
        ...edited.problems.map((problem) => ({ ...problem, severity: 'warning' as const })),
        ...deps.validate(after),
      ].filter(({ code, nodeId, field }) => !known.has([code, nodeId, field].join()));
  return {
    role: 'assistant',
    kind,
    text: edited.text,
    author: null,
    runId,
    changes: [...patchMarks(patch)].map(([nodeId, mark]) => ({
      nodeId,
      title: titles.get(nodeId) ?? nodeId,
      mark,
      fields: (fields.get(nodeId) ?? []).filter((field) => field !== 'position'),
    })),
    patch: nothing ? null : patch,
    outcome: nothing ? null : 'open',
    notes: {
      assumptions: edited.assumptions,
      unsupported: edited.unsupported.map(plainPart),
      problems: problems.slice(0, 50),
    },
    provider: edited.provider,
    costMicro: edited.costMicro,
  };
}

function plainPart({ text, reason, suggestion }: UnsupportedPart) {
  return { text, reason, ...(suggestion === undefined ? {} : { suggestion }) };
}

function present({ notes, createdAt, ...message }: MessageRow): ChatMessage {
  return { ...message, ...notes, createdAt: createdAt.toISOString() };
}

function gone(): AppError {
  return new AppError('not_found', 'There is no such conversation. It may have been deleted.');
}

/** The use cases behind `conversations` of the contract. */
export function createConversationService({ store, hasWorkflow }: Pick<AssistDeps, 'store' | 'hasWorkflow'>) {
  return {
    async list(actor: Actor, { workflowId }: { workflowId: string }) {
      if (!(await hasWorkflow(actor, workflowId))) throw new AppError('not_found', 'There is no such workflow.');
      const rows = await store.list(actor.workspaceId, workflowId);
      return {
        items: rows.map(({ id, title, updatedAt, messages }) => ({
          id,
          title,
          messages,
          updatedAt: updatedAt.toISOString(),
        })),
      };
    },
    async get(actor: Actor, { id }: { id: string }) {
      const row = await store.find(actor.workspaceId, id);
      if (row === null) throw gone();
      const messages = await store.messages(actor.workspaceId, id);
      return { ...row, updatedAt: row.updatedAt.toISOString(), messages: messages.map(present) };
    },
    /** @throws AppError conflict when it was decided before */
    async decide(actor: Actor, input: { id: string; messageId: string; outcome: 'accepted' | 'partly' | 'rejected' }) {
      requireRole(actor, 'editor');
      if ((await store.find(actor.workspaceId, input.id)) === null) throw gone();
      if (!(await store.decide(actor.workspaceId, input)))
        throw new AppError('conflict', 'This proposal has been decided already.');
      return { ok: true as const };
    },
    async remove(actor: Actor, { id }: { id: string }) {
      requireRole(actor, 'editor');
      if (!(await store.remove(actor.workspaceId, id))) throw gone();
      return { ok: true as const };
    },
  };
}
