import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeEventSchema } from '../../../shared/api/compose.ts';
import type { ComposeEvent } from '../../../shared/api/compose.ts';
import { validate } from '../../../shared/engine/validate.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Composition } from '../../../shared/workflow/composition.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import type { FakeLlm } from '../../drivers/llm/fake.ts';
import type { FakeReply } from '../../drivers/llm/fake-reply.ts';
import { createModels } from '../../drivers/llm/models.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { composeWorkflow } from './compose-workflow.ts';
import type { ComposeInput, ComposeParts } from './compose-workflow.ts';

const { catalogue } = await loadCatalogue();
let fake: FakeLlm;
let models: Models;

const leads = {
  name: 'Lead mails',
  language: 'en',
  steps: [
    { id: 'lead', kind: 'webhook', title: 'A lead arrives', after: [], config: { method: 'POST' } },
    {
      id: 'AI-1',
      kind: 'ai-generate',
      title: 'Classify',
      after: [{ step: 'lead' }],
      config: {
        prompt: 'Is this lead hot? {{ trigger.body.text }}',
        output: 'structured',
        fields: [{ name: 'hot', type: 'boolean', description: '' }],
      },
    },
    {
      id: 'hot',
      kind: 'condition',
      title: 'Hot?',
      after: [{ step: 'AI-1', port: 'out' }],
      config: {
        rules: { combinator: 'and', rules: [{ left: '{{ steps.AI-1.data.hot }}', operator: 'is_true', right: '' }] },
      },
    },
    {
      id: 'tell',
      kind: 'email-send',
      title: 'Tell sales',
      after: [{ step: 'hot', port: 'true' }],
      config: { to: 'sales@example.com', subject: 'Hot lead', text: 'See {{ steps.AI-1.text }}' },
    },
    {
      id: 'wait',
      kind: 'delay',
      title: 'Wait',
      after: [{ step: 'hot', port: 'false' }],
      config: { amount: 3, unit: 'days' },
    },
  ],
  summary: 'Classifies leads.',
  assumptions: ['Leads arrive by webhook.'],
  unsupported: [{ text: 'on LINE', reason: 'There is no LINE step.', suggestion: 'Send a mail.' }],
};

beforeAll(async () => {
  fake = await startFakeLlm();
});
afterAll(() => fake.close());
beforeEach(() => {
  models = createModels({
    openai: { apiKey: fakeKey, baseUrl: fake.openaiUrl },
    anthropic: { apiKey: fakeKey, baseUrl: fake.anthropicUrl },
    inhouse: { apiKey: fakeKey, baseUrl: fake.openaiUrl, model: 'llama' },
    builtin: { generate: () => ({ text: '' }) },
  });
});

const builtinComposition: Composition = {
  name: 'Hello',
  nodes: [
    { id: 'manual_1', kind: 'manual', title: 'Start', config: {} },
    { id: 'stop_1', kind: 'stop', title: 'End', config: {} },
  ],
  edges: [{ source: 'manual_1', sourcePort: 'out', target: 'stop_1', targetPort: 'in' }],
  summary: 'Ends.',
  assumptions: [],
  unsupported: [{ text: 'fax', reason: 'No fax.' }],
  language: 'en',
};

const parts = (): ComposeParts => ({
  catalogue,
  validate: (graph) => validate(graph, catalogue),
  choose: models.choose,
  llm: ({ signal }) => ({
    generate: (request, onText) => models.generate(request, { signal, ...(onText ? { onText } : {}) }),
  }),
  builtin: () => builtinComposition,
});

const input = (change: Partial<ComposeInput> = {}): ComposeInput => ({
  prompt: 'When a lead arrives, classify it and tell sales',
  provider: 'claude',
  now: new Date('2026-11-22T10:00:00Z'),
  timezone: 'Europe/Zurich',
  workspaceId: randomUUID(),
  key: randomUUID(),
  signal: new AbortController().signal,
  ...change,
});

async function compose(change: Partial<ComposeInput> = {}): Promise<ComposeEvent[]> {
  const events: ComposeEvent[] = [];
  for await (const event of composeWorkflow(parts(), input(change))) events.push(composeEventSchema.parse(event));
  return events;
}

async function last(replies: FakeReply[], change: Partial<ComposeInput> = {}) {
  fake.script(...replies);
  const event = (await compose(change)).at(-1);
  if (event?.type !== 'done') throw new Error('not done');
  return event;
}

const steps = (...list: object[]) => ({ ...leads, steps: list });
const start = { id: 'go', kind: 'manual', title: 'Go', after: [], config: {} };
const mail = (id: string, after: object[], config: object = {}) => ({
  id,
  kind: 'email-send',
  title: id,
  after,
  config: { to: 'a@example.com', subject: 'Hi', text: 'Hi', ...config },
});

describe('containers', () => {
  const loop = {
    id: 'each',
    kind: 'for-each',
    title: 'Each order',
    after: [{ step: 'go' }],
    config: { items: '{{ trigger.orders }}' },
  };

  it('puts steps inside, led to by the inner way, with or without its name', async () => {
    const inside = (after: object[]) => ({ ...mail('tell', after, { to: '{{ item.email }}' }), inside: 'each' });
    for (const after of [[], [{ step: 'each' }], [{ step: 'each', port: 'each' }], [{ step: 'each', port: 'done' }]]) {
      const { graph, problems } = await last([
        { say: steps(start, loop, inside(after), mail('report', [{ step: 'each', port: 'done' }])) },
      ]);
      expect(problems).toEqual([]);
      expect(graph.nodes.find(({ id }) => id === 'tell')?.parent).toBe('each');
      expect(graph.edges.map(({ id }) => id)).toEqual(['go:out>each:in', 'each:each>tell:in', 'each:done>report:in']);
    }
  });

  it('leaves a step on the canvas that is said to stand in what is no container', async () => {
    const { graph } = await last([{ say: steps(start, { ...mail('m', [{ step: 'go' }]), inside: 'go' }) }]);
    expect(graph.nodes.find(({ id }) => id === 'm')?.parent).toBeUndefined();
  });
});

describe.each(['claude', 'openai', 'inhouse'] as const)('%s', (provider) => {
  it('streams steps and connections while they are generated, then everything', async () => {
    fake.script({ say: leads, pieceLength: 40, pieceMs: 2, usage: { inputTokens: 5_000, outputTokens: 900 } });
    let repliedAt = 0;
    const seen: { event: ComposeEvent; at: number }[] = [];
    for await (const event of composeWorkflow(parts(), input({ provider }))) {
      seen.push({ event, at: performance.now() });
      repliedAt = performance.now();
    }
    const events = seen.map(({ event }) => composeEventSchema.parse(event));
    expect(
      events.map((event) =>
        event.type === 'node' ? event.node.id : event.type === 'edge' ? event.edge.id : event.type,
      ),
    ).toEqual([
      'status',
      'lead',
      'ai_1',
      'lead:out>ai_1:in',
      'hot',
      'ai_1:out>hot:in',
      'tell',
      'hot:true>tell:in',
      'wait',
      'hot:false>wait:in',
      'done',
    ]);
    const firstNode = seen.find(({ event }) => event.type === 'node');
    expect(repliedAt - (firstNode?.at ?? repliedAt)).toBeGreaterThan(20);
    const event = events.at(-1);
    if (event?.type !== 'done') throw new Error('not done');
    expect(event).toMatchObject({
      name: 'Lead mails',
      summary: 'Classifies leads.',
      provider,
      unsupported: leads.unsupported,
    });
    expect(event.problems).toEqual([]);
    expect(event.costMicro).toBe({ claude: 1_000_000 + 900_000, openai: 500_000 + 450_000, inhouse: 0 }[provider]);
    const node = (id: string) => event.graph.nodes.find((candidate) => candidate.id === id)!;
    expect(node('tell').config.text).toBe('See {{ steps.ai_1.text }}');
    expect(node('wait').position.x).toBeGreaterThan(node('tell').position.x);
    expect(node('ai_1').config.maxTokens).toBe(800);
    expect(fake.requests).toHaveLength(1);
  });
});

describe('what the model gets wrong', () => {
  it('malformed JSON: asked once more', async () => {
    const event = await last([{ say: '{"name": "x", "steps": [{' }, { say: leads }]);
    expect(event.graph.nodes).toHaveLength(5);
  });

  it('malformed JSON twice: provider_output', async () => {
    await expect(last([{ say: 'I cannot.' }, { say: '{"steps": 1}' }])).rejects.toMatchObject({
      code: 'provider_output',
    });
  });

  it('an unknown kind goes into unsupported, and what follows it is connected to what came before', async () => {
    const event = await last([
      {
        say: steps(
          start,
          { id: 'line', kind: 'line-send', title: 'Send it on LINE', after: [{ step: 'go' }], config: {} },
          mail('mail', [{ step: 'line' }]),
        ),
      },
    ]);
    expect(event.graph.nodes.map(({ id }) => id)).toEqual(['go', 'mail']);
    expect(event.graph.edges.map(({ id }) => id)).toEqual(['go:out>mail:in']);
    expect(event.unsupported.at(-1)).toEqual({
      text: 'Send it on LINE',
      reason: 'Mailweave has no step of the kind “line-send”.',
    });
  });

  it('settings that do not exist or do not fit are sent back, and the better answer wins', async () => {
    const wrong = steps(start, mail('mail', [{ step: 'go' }], { priority: 'high', format: 'pdf' }));
    const event = await last([{ say: wrong }, { say: steps(start, mail('mail', [{ step: 'go' }])) }]);
    expect(event.problems).toEqual([]);
    expect(fake.requests).toHaveLength(2);
    const asked = JSON.stringify(fake.requests[1]?.body.messages);
    expect(asked).toContain('priority: There is no such setting.');
    expect(asked).toContain('format:');
  });

  it('settings that stay wrong become the defaults and a warning', async () => {
    const wrong = steps(start, mail('mail', [{ step: 'go' }], { format: 'pdf' }));
    const event = await last([{ say: wrong }]);
    expect(event.graph.nodes[1]?.config.format).toBe('text');
    expect(event.problems).toMatchObject([
      { severity: 'warning', code: 'invalid_config', nodeId: 'mail', field: 'format' },
    ]);
  });

  it('a cycle is sent back', async () => {
    const cyclic = steps(start, mail('a', [{ step: 'go' }, { step: 'b' }]), mail('b', [{ step: 'a' }]));
    const event = await last([{ say: cyclic }, { say: steps(start, mail('a', [{ step: 'go' }])) }]);
    expect(event.graph.nodes).toHaveLength(2);
    expect(event.problems).toEqual([]);
  });

  it('a reference to a step that does not exist is sent back; if it stays, the problem is named', async () => {
    const wrong = steps(start, mail('a', [{ step: 'go' }], { subject: '{{ steps.ghost.text }}' }));
    const event = await last([{ say: wrong }]);
    expect(fake.requests).toHaveLength(2);
    expect(event.problems.map(({ code }) => code)).toContain('unknown_reference');
  });

  it('an empty recipient is left to the person, not to another round', async () => {
    const event = await last([{ say: steps(start, mail('a', [{ step: 'go' }], { to: '' })) }]);
    expect(fake.requests).toHaveLength(1);
    expect(event.problems).toMatchObject([{ code: 'invalid_config', nodeId: 'a', field: 'to' }]);
  });

  it('a second round that fails keeps the first answer', async () => {
    const wrong = steps(start, mail('a', [{ step: 'ghost' }, { step: 'go' }]));
    const event = await last([{ say: wrong }, { status: 503 }]);
    expect(event.graph.nodes).toHaveLength(2);
    expect(event.problems.map(({ code }) => code)).toContain('missing_node');
  });

  it.each([
    [
      'two steps with one id',
      steps(start, mail('x', [{ step: 'go' }]), mail('x', [{ step: 'go' }])),
      ['go', 'x', 'email_send_1'],
    ],
    [
      'an id that is none',
      steps({ ...start, id: '1. Start!' }, mail('Ä', [{ step: '1. Start!' }])),
      ['start', 'email_send_1'],
    ],
    ['a step before the one it follows', steps(mail('x', [{ step: 'go' }]), start), ['x', 'go']],
  ])('%s', async (_name, say, ids) => {
    const event = await last([{ say }]);
    expect(event.graph.nodes.map(({ id }) => id)).toEqual(ids);
    expect(event.graph.edges).toHaveLength(ids.length - 1);
    expect(event.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('nothing but unsupported parts is an empty graph, not an error', async () => {
    const event = await last([{ say: { ...leads, steps: [] } }]);
    expect(event).toMatchObject({ graph: { nodes: [], edges: [] }, problems: [], unsupported: leads.unsupported });
    expect(fake.requests).toHaveLength(1);
  });
});

describe('errors', () => {
  it.each<[string, Partial<ComposeInput>, string]>([
    ['an empty prompt', { prompt: ' \n ' }, 'bad_request'],
    ['a prompt of 100 kB', { prompt: 'x'.repeat(100_000) }, 'too_large'],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, 'bad_request'],
  ])('%s', async (_name, change, code) => {
    fake.script({ say: leads });
    await expect(compose(change)).rejects.toMatchObject({ code });
    expect(fake.requests).toHaveLength(0);
  });

  it('a wrong key', async () => {
    models = createModels({
      openai: {},
      anthropic: { apiKey: 'wrong', baseUrl: fake.anthropicUrl },
      inhouse: {},
      builtin: { generate: () => ({ text: '' }) },
    });
    await expect(compose()).rejects.toMatchObject({ code: 'provider_auth' });
  });

  it('a stream that breaks off in the middle: what was drawn is followed by the error, never by done', async () => {
    fake.script({ say: leads, cutAfter: 460, pieceLength: 40, pieceMs: 2 });
    const events: ComposeEvent[] = [];
    const reading = async () => {
      for await (const event of composeWorkflow(parts(), input())) events.push(event);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'provider_unavailable', retryable: true });
    expect(events.map(({ type }) => type)).toEqual(['status', 'node', 'node', 'edge']);
  });

  it('is cancelled by its signal', async () => {
    fake.script({ say: leads, pieceLength: 10, pieceMs: 20 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    await expect(compose({ signal: abort.signal })).rejects.toBeInstanceOf(AppError);
  });

  it('whoever stops reading stops the model', async () => {
    fake.script({ say: leads, pieceLength: 10, pieceMs: 20 });
    let stopped: AbortSignal | undefined;
    const watched: ComposeParts = { ...parts(), llm: (caller) => ((stopped = caller.signal), parts().llm(caller)) };
    for await (const event of composeWorkflow(watched, input())) if (event.type === 'node') break;
    expect(stopped?.aborted).toBe(true);
  });
});

describe('builtin', () => {
  it('draws what the built-in engine composed, at no cost', async () => {
    const events = await compose({ provider: 'builtin' });
    expect(events.map(({ type }) => type)).toEqual(['status', 'node', 'node', 'edge', 'done']);
    const event = events.at(-1);
    if (event?.type !== 'done') throw new Error('not done');
    expect(event).toMatchObject({
      name: 'Hello',
      provider: 'builtin',
      costMicro: 0,
      unsupported: [{ text: 'fax', reason: 'No fax.' }],
      problems: [],
    });
    expect(event.graph.nodes.map(({ position }) => position.y)).toEqual([0, 112]);
    expect(event.graph.nodes[1]?.config).toEqual(catalogue.get('stop')?.config.parse({}));
  });
});

it('the instructions name every kind with its settings and stay affordable', async () => {
  fake.script({ say: leads });
  await compose({ provider: 'openai' });
  const [system] = fake.requests[0]!.body.messages as { content: string }[];
  for (const [kind, definition] of catalogue) {
    expect(system?.content).toContain(`## ${kind} (`);
    for (const field of Object.keys(definition.config.shape)) expect(system?.content).toContain(`"${field}"`);
  }
  expect(system!.content.length).toBeLessThan(40_000);
});
