import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assistEventSchema } from '../../../shared/api/assist.ts';
import type { AssistEvent } from '../../../shared/api/assist.ts';
import type { Run } from '../../../shared/api/runs.ts';
import { validate } from '../../../shared/engine/validate.ts';
import { edgeBetween } from '../../../shared/workflow/graph.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { arranged } from '../../../shared/workflow/layout.ts';
import { applyPatch } from '../../../shared/workflow/patch.ts';
import { startCreditsMicro } from '../../../shared/workflow/pricing.ts';
import type { ErrorBody } from '../../../shared/errors.ts';
import type { RunEventBody } from '../../../shared/workflow/run.ts';
import type { Actor } from '../../actor.ts';
import { testDatabase } from '../../database/testing.ts';
import { editGraph } from '../../drivers/llm/builtin/edit/edit.ts';
import { explainGraph } from '../../drivers/llm/builtin/edit/explain.ts';
import { fixGraph } from '../../drivers/llm/builtin/edit/fix.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import type { FakeLlm } from '../../drivers/llm/fake.ts';
import { createModels } from '../../drivers/llm/models.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { createConversationStore } from '../../store/conversations.ts';
import { createCreditStore } from '../../store/credits.ts';
import { createRetentionStore } from '../../store/retention.ts';
import { createLlmPort } from '../credits/llm-port.ts';
import { createAssistService, createConversationService } from './assist.ts';
import { hidden } from './redact.ts';
import { partialText } from './text-stream.ts';

/** The whole way of a request: models on a socket, ledger, conversations in PostgreSQL, use cases. */
const db = await testDatabase();
const { catalogue } = await loadCatalogue();
const credits = createCreditStore(db.knex);
const store = createConversationStore(db.knex);
const conversations = createConversationService({ store, hasWorkflow: async () => true });
let fake: FakeLlm;
let actor: Actor;
let workflowId: string;
let run: Pick<Run, 'id' | 'workflowId' | 'graph' | 'events'> | undefined;
let service: ReturnType<typeof createAssistService>;

const step = (id: string, kind: string, title: string, config: Record<string, unknown> = {}) => ({
  id,
  kind,
  version: catalogue.get(kind)!.version,
  title,
  config: catalogue.get(kind)!.config.parse(config),
  position: { x: 0, y: 0 },
});
const graph: WorkflowGraph = arranged({
  nodes: [
    step('webhook_1', 'webhook', 'A lead arrives'),
    step('fetch', 'http-request', 'Look up', {
      url: 'https://api.example.com',
      headers: [{ name: 'authorization', value: 'Bearer very-secret' }],
    }),
    step('mail', 'email-send', 'Welcome', { to: '{{ trigger.body.email }}', subject: 'Hi', text: 'Hello' }),
  ],
  edges: [edgeBetween('webhook_1', 'fetch'), edgeBetween('fetch', 'mail')],
  direction: 'down',
});

beforeAll(async () => {
  fake = await startFakeLlm();
  const models = createModels({
    openai: { apiKey: fakeKey, baseUrl: fake.openaiUrl },
    anthropic: { apiKey: fakeKey, baseUrl: fake.anthropicUrl },
    inhouse: { apiKey: fakeKey, baseUrl: fake.openaiUrl, model: 'llama' },
    builtin: { generate: () => ({ text: '' }) },
  });
  service = createAssistService({
    models,
    catalogue,
    validate: (one) => validate(one, catalogue),
    llm: createLlmPort({ models, credits }),
    store,
    builtin: { edit: editGraph, explain: explainGraph, fix: fixGraph },
    now: () => new Date('2026-11-22T10:00:00Z'),
    hasWorkflow: async (_actor, id) => id === workflowId,
    readRun: async () => run as Run,
  });
});
afterAll(() => fake.close());
beforeEach(async () => {
  const [workspace] = await db.knex('workspaces').insert({ name: 'Test', slug: randomUUID() }).returning('id');
  const [workflow] = await db
    .knex('workflows')
    .insert({ workspace_id: workspace.id, name: 'Leads', graph: JSON.stringify(graph), problems: '[]' })
    .returning('id');
  workflowId = workflow.id;
  actor = { workspaceId: workspace.id, role: 'editor', userId: randomUUID(), name: 'Ada', via: 'session' };
});

const asked = (change: object = {}) => ({ workflowId, graph, provider: 'auto' as const, timezone: 'UTC', ...change });

async function read(events: AsyncIterable<AssistEvent>) {
  const all: AssistEvent[] = [];
  for await (const event of events) all.push(assistEventSchema.parse(event));
  const last = all.at(-1);
  if (last?.type !== 'done') throw new Error('not done');
  return { all, ...last };
}

const edit = async (request: string, change: object = {}) =>
  read(await service.edit(actor, { ...asked(), request, ...change }, undefined));

const usage = { inputTokens: 4_000, outputTokens: 300 };
const insertsApproval = {
  message: 'I put an approval in front of the mail.',
  steps: [
    { id: 'ask', kind: 'approval', title: 'Ask first', after: [{ step: 'fetch' }], config: { title: 'Send?' } },
    { id: 'mail', after: [{ step: 'ask', port: 'approved' }], config: { subject: 'Welcome!' } },
  ],
  remove: [],
  assumptions: ['You decide.'],
  unsupported: [{ text: 'by fax', reason: 'There is no fax.' }],
};

describe.each(['claude', 'openai', 'inhouse'] as const)('%s', (provider) => {
  it('streams its words, then answers with a patch in which the steps keep their ids', async () => {
    fake.script({ say: insertsApproval, pieceLength: 9, pieceMs: 1, usage });
    const { all, answer, question } = await edit('Ask me before sending', { provider });
    const texts = all.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(insertsApproval.message.startsWith(text)).toBe(true);
    expect(all.flatMap((event) => (event.type === 'status' ? [event.text] : []))).toContain('Ask first');
    expect(question).toMatchObject({ role: 'user', text: 'Ask me before sending', author: 'Ada' });
    expect(answer).toMatchObject({
      text: insertsApproval.message,
      outcome: 'open',
      provider,
      changes: [
        { nodeId: 'ask', mark: 'added', title: 'Ask first' },
        { nodeId: 'mail', mark: 'changed', fields: ['config.subject'] },
      ],
      assumptions: ['You decide.'],
      unsupported: [{ text: 'by fax' }],
      problems: [],
    });
    const after = applyPatch(answer.patch!, graph);
    expect(after.edges.map(({ id }) => id)).toEqual([
      'webhook_1:out>fetch:in',
      'fetch:out>ask:in',
      'ask:approved>mail:in',
    ]);
    expect(after.nodes.find(({ id }) => id === 'mail')?.config).toMatchObject({ subject: 'Welcome!', text: 'Hello' });
    const places = new Set(after.nodes.map(({ position }) => `${position.x},${position.y}`));
    expect(places.size).toBe(4);
  });

  it('goes back once with the problems that the change brought', async () => {
    const wrong = { ...insertsApproval, steps: [{ ...insertsApproval.steps[0], after: [{ step: 'nobody' }] }] };
    fake.script({ say: wrong, usage }, { say: insertsApproval, usage });
    const { answer } = await edit('Ask me', { provider });
    expect(fake.requests).toHaveLength(2);
    expect(JSON.stringify(fake.requests[1]?.body)).toContain('which does not exist');
    expect(answer.problems).toEqual([]);
    expect(answer.changes).toHaveLength(2);
  });
});

it('sends no key along, and puts it back when the model leaves it as it is', async () => {
  const say = {
    ...insertsApproval,
    steps: [
      {
        id: 'fetch',
        config: {
          headers: [
            { name: 'Authorization', value: hidden },
            { name: 'accept', value: '*/*' },
          ],
        },
      },
    ],
  };
  fake.script({ say });
  const { answer } = await edit('Accept everything', { provider: 'openai' });
  expect(JSON.stringify(fake.requests)).not.toContain('very-secret');
  expect(applyPatch(answer.patch!, graph).nodes[1]?.config['headers']).toEqual([
    { name: 'Authorization', value: 'Bearer very-secret' },
    { name: 'accept', value: '*/*' },
  ]);
});

it('answers a question without a proposal, and remembers what was said', async () => {
  fake.script({ say: { ...insertsApproval, message: 'It welcomes leads.', steps: [] } });
  const first = await edit('What is this for?', { provider: 'claude' });
  expect(first.answer).toMatchObject({ text: 'It welcomes leads.', patch: null, outcome: null, changes: [] });
  await edit('And who pays?', { provider: 'claude', conversationId: first.conversationId });
  const sent = JSON.stringify(fake.requests.at(-1)?.body);
  expect(sent).toContain('User: What is this for?');
  expect(sent).toContain('You: It welcomes leads.');
});

it('heals the connections around a step that is taken out, and names a kind that does not exist', async () => {
  const say = {
    ...insertsApproval,
    steps: [{ id: 'x', kind: 'fax', title: 'Fax it', after: [{ step: 'mail' }] }],
    remove: ['fetch', 'nobody'],
  };
  fake.script({ say });
  const { answer } = await edit('No look-up, and fax it', { provider: 'openai' });
  expect(applyPatch(answer.patch!, graph).edges.map(({ id }) => id)).toEqual(['webhook_1:out>mail:in']);
  expect(answer.unsupported.at(-1)?.reason).toContain('“fax”');
});

it('holds and charges what a model did, and nothing for the built-in engine', async () => {
  fake.script({ say: insertsApproval, usage });
  const { answer } = await edit('Ask me', { provider: 'openai' });
  expect(answer.costMicro).toBeGreaterThan(0);
  const { balanceMicro, heldMicro } = await credits.balance(actor.workspaceId);
  expect({ balanceMicro, heldMicro }).toEqual({ balanceMicro: startCreditsMicro - answer.costMicro, heldMicro: 0 });
  const built = await edit('Insert an approval before the mail', { provider: 'builtin' });
  expect(built.answer).toMatchObject({ provider: 'builtin', costMicro: 0, outcome: 'open' });
  expect((await credits.balance(actor.workspaceId)).balanceMicro).toBe(balanceMicro);
});

it('keeps nothing of a request that was stopped, and gives the hold back', async () => {
  fake.script({ say: insertsApproval, pieceLength: 5, pieceMs: 30 });
  for await (const event of await service.edit(actor, { ...asked({ provider: 'openai' }), request: 'x' }, undefined))
    if (event.type === 'text') break;
  await expect.poll(async () => (await credits.balance(actor.workspaceId)).heldMicro).toBe(0);
  expect((await conversations.list(actor, { workflowId })).items).toEqual([]);
});

it('does not begin for viewers, for another workflow, for nothing, or in a conversation about something else', async () => {
  const begin = (change: object) => service.edit(actor, { ...asked(), request: 'x', ...change }, undefined);
  await expect(
    service.edit({ ...actor, role: 'viewer' }, { ...asked(), request: 'x' }, undefined),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(begin({ request: ' ' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(begin({ workflowId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  await expect(begin({ conversationId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

describe('conversations', () => {
  const builtin = { provider: 'builtin' as const };

  it('keep question and answer; a decided proposal forgets its patch, and is decided once', async () => {
    const { conversationId, answer } = await edit('Rename the mail to "Hello"', builtin);
    const decision = { id: conversationId, messageId: answer.id, outcome: 'accepted' as const };
    expect(
      (await conversations.get(actor, { id: conversationId })).messages.map(({ text, patch }) => [
        text,
        patch !== null,
      ]),
    ).toEqual([
      ['Rename the mail to "Hello"', false],
      ['Renamed “Welcome” to “Hello”.', true],
    ]);
    await conversations.decide(actor, decision);
    await expect(conversations.decide(actor, decision)).rejects.toMatchObject({ code: 'conflict' });
    const { messages } = await conversations.get(actor, { id: conversationId });
    expect(messages[1]).toMatchObject({
      outcome: 'accepted',
      patch: null,
      changes: [{ nodeId: 'mail', title: 'Hello', fields: ['title'] }],
    });
  });

  it('count a proposal as superseded when the talk goes on without a decision', async () => {
    const { conversationId } = await edit('Rename the mail to "Hello"', builtin);
    await edit('Rename the mail to "Bye"', { ...builtin, conversationId });
    const { messages } = await conversations.get(actor, { id: conversationId });
    expect(messages.map(({ outcome }) => outcome)).toEqual([null, 'superseded', null, 'open']);
    expect((await conversations.list(actor, { workflowId })).items).toMatchObject([
      { title: 'Rename the mail to "Hello"', messages: 4 },
    ]);
  });

  it('go with their workflow, when they are deleted, and when nobody has spoken in them for long', async () => {
    const one = await edit('Remove the mail', builtin);
    const two = await edit('Remove the mail', builtin);
    await conversations.remove(actor, { id: one.conversationId });
    await expect(conversations.get(actor, { id: one.conversationId })).rejects.toMatchObject({ code: 'not_found' });
    const retention = createRetentionStore(db.knex);
    expect(await retention.removeTalksBefore(actor.workspaceId, new Date(Date.now() - 60_000))).toBe(0);
    expect(await retention.removeTalksBefore(actor.workspaceId, new Date(Date.now() + 60_000))).toBe(1);
    expect(await store.messages(actor.workspaceId, two.conversationId)).toEqual([]);
  });
});

describe('explaining', () => {
  it.each([
    ['en-GB', /^The workflow starts when data arrives at its web address\.\n1\. Look up: calls GET/],
    ['de-CH', /^Der Workflow startet, wenn Daten an seiner Webadresse ankommen\.\n1\. Look up: ruft GET/],
  ])('%s', async (language, text) => {
    const { answer, question } = await read(
      await service.explain(actor, { ...asked({ provider: 'builtin' }), language }, undefined),
    );
    expect(answer.text).toMatch(text);
    expect(answer).toMatchObject({ kind: 'explain', patch: null });
    expect(question.text).toMatch(/Explain|Erkläre/);
  });
});

describe('a failed run', () => {
  /** A run that has been deleted since: the conversation outlives it. */
  const ranBefore = null as unknown as string;
  const failedWith = (error: ErrorBody, input: unknown = null) => {
    const output = { body: { mail: 'ada@example.com' } };
    const bodies: RunEventBody[] = [
      { type: 'run.started', trigger: 'webhook_1', output },
      { type: 'step.started', node: 'fetch', attempt: 1 },
      { type: 'step.done', node: 'fetch', port: 'out', output: input, ms: 1 },
      { type: 'step.started', node: 'mail', attempt: 1 },
      { type: 'step.failed', node: 'mail', attempt: 1, error, ms: 1 },
      { type: 'run.finished', status: 'failed', error },
    ];
    const events = bodies.map((body, index) => ({ ...body, seq: index + 1, at: 1 }));
    run = { id: ranBefore, workflowId, graph, events } as unknown as Run;
  };

  it('is read with its data, and mended by a rule where there is one', async () => {
    failedWith({
      code: 'bad_request',
      message: 'The mail has no recipient: “To” came out empty.',
      details: { field: 'to' },
    });
    const { answer } = await read(
      await service.fix(actor, { ...asked({ provider: 'builtin' }), runId: randomUUID(), request: '' }, undefined),
    );
    expect(applyPatch(answer.patch!, graph).nodes[2]?.config['to']).toBe('{{ trigger.body.mail }}');
    expect(answer.text).toContain('“Welcome” failed');
  });

  it('goes to a model with its error, input and trigger', async () => {
    failedWith({ code: 'http_failed', message: 'Odd', details: {} }, { customer: 'number 77' });
    fake.script({ say: { ...insertsApproval, steps: [] } });
    await read(
      await service.fix(actor, { ...asked({ provider: 'openai' }), runId: randomUUID(), request: '' }, undefined),
    );
    const sent = JSON.stringify(fake.requests[0]?.body);
    for (const part of ['number 77', 'ada@example.com', 'Odd', 'Step: mail (Welcome)']) expect(sent).toContain(part);
  });

  it('is refused when it belongs to another workflow, or nothing has failed', async () => {
    failedWith({ code: 'timeout', message: 'x' });
    run = { ...run!, workflowId: randomUUID() };
    const ask = () =>
      service.fix(actor, { ...asked({ provider: 'builtin' }), runId: randomUUID(), request: '' }, undefined);
    await expect(ask()).rejects.toMatchObject({ code: 'not_found' });
    run = { ...run, workflowId, events: run.events.slice(0, 3) };
    await expect(ask()).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('reads a text out of an answer that is still being written', () => {
  const whole = JSON.stringify({ message: 'Zürich “x”\n\\ "q" 😀 end', steps: [{ message: 'no' }] });
  let last = '';
  for (let end = 0; end <= whole.length; end++) {
    const text = partialText(whole.slice(0, end), 'message') ?? last;
    expect(text.startsWith(last.replace(/[\uD800-\uDBFF]$/, ''))).toBe(true);
    last = text;
  }
  expect(last).toBe('Zürich “x”\n\\ "q" 😀 end');
});
