import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ComposeEvent } from '../../../shared/api/compose.ts';
import { validate } from '../../../shared/engine/validate.ts';
import { startCreditsMicro } from '../../../shared/workflow/pricing.ts';
import type { Actor } from '../../actor.ts';
import { testDatabase } from '../../database/testing.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import type { FakeLlm } from '../../drivers/llm/fake.ts';
import { createModels } from '../../drivers/llm/models.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { createCreditStore } from '../../store/credits.ts';
import { createLlmPort } from '../credits/llm-port.ts';
import { createCreditService } from '../credits/service.ts';
import { createComposeService } from './service.ts';

/** The whole way of a request, as the composition root puts it together: models, ledger, use cases. */
const db = await testDatabase();
const { catalogue } = await loadCatalogue();
const credits = createCreditStore(db.knex);
const statement = createCreditService(credits);
let fake: FakeLlm;
let actor: Actor;
let service: ReturnType<typeof createComposeService>;

beforeAll(async () => {
  fake = await startFakeLlm();
  const models = createModels({
    openai: { apiKey: fakeKey, baseUrl: fake.openaiUrl },
    anthropic: {},
    inhouse: {},
    builtin: { generate: () => ({ text: '' }) },
  });
  service = createComposeService({
    models,
    catalogue,
    validate: (graph) => validate(graph, catalogue),
    llm: createLlmPort({ models, credits }),
    builtin: () => {
      throw new Error('not asked for');
    },
    now: () => new Date('2026-11-22T10:00:00Z'),
  });
});
afterAll(() => fake.close());
beforeEach(async () => {
  const [row] = await db.knex('workspaces').insert({ name: 'Test', slug: randomUUID() }).returning('id');
  actor = { workspaceId: row.id, role: 'editor', userId: randomUUID(), name: 'Ada', via: 'session' };
});

const input = { prompt: 'Start by hand', provider: 'auto', timezone: 'UTC' } as const;
const usage = { inputTokens: 4_000, outputTokens: 300 };
const cost = 4_000 * 100 + 300 * 500;
const answer = (steps: object[]) => ({
  name: 'x',
  language: 'en',
  steps,
  summary: 's',
  assumptions: [],
  unsupported: [],
});
const start = { id: 'go', kind: 'manual', title: 'Go', after: [], config: {} };

async function read(events: AsyncIterable<ComposeEvent>): Promise<ComposeEvent | undefined> {
  let last: ComposeEvent | undefined;
  for await (const event of events) last = event;
  return last;
}

it('charges what was generated to the workspace, every round of it', async () => {
  fake.script({ say: answer([{ ...start, config: { odd: 1 } }]), usage }, { say: answer([start]), usage });
  const done = await read(await service.generate(actor, input, undefined));
  expect(done).toMatchObject({ type: 'done', provider: 'openai', costMicro: 2 * cost, problems: [] });
  expect(await statement.balance(actor)).toEqual({
    balanceMicro: startCreditsMicro - 2 * cost,
    heldMicro: 0,
    availableMicro: startCreditsMicro - 2 * cost,
  });
  const { items } = await statement.statement(actor, { limit: 10 });
  expect(items.map(({ description, amountMicro }) => [description, amountMicro])).toEqual([
    ['Prompt to workflow · OpenAI', -cost],
    ['Prompt to workflow · OpenAI', -cost],
    ['Credits to start with', startCreditsMicro],
  ]);
});

it('gives the hold back when the reader goes away', async () => {
  fake.script({ say: answer([start]), pieceLength: 10, pieceMs: 30 });
  for await (const event of await service.generate(actor, input, undefined)) if (event.type === 'node') break;
  await expect.poll(async () => (await credits.balance(actor.workspaceId)).heldMicro).toBe(0);
  expect((await credits.balance(actor.workspaceId)).balanceMicro).toBe(startCreditsMicro);
});

it('does not begin for viewers, for nothing, or without credits', async () => {
  fake.script({ say: answer([start]) });
  await expect(service.generate({ ...actor, role: 'viewer' }, input, undefined)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(service.generate(actor, { ...input, prompt: ' ' }, undefined)).rejects.toMatchObject({
    code: 'bad_request',
  });
  await credits.balance(actor.workspaceId);
  await credits.grant({
    workspaceId: actor.workspaceId,
    kind: 'adjust',
    amountMicro: -startCreditsMicro,
    description: 'Spent',
  });
  await expect(read(await service.generate(actor, input, undefined))).rejects.toMatchObject({
    code: 'insufficient_credits',
  });
  expect(fake.requests).toHaveLength(0);
});

it('lists the providers and what auto means', async () => {
  const { items, default: chosen } = await service.providers();
  expect(items.map(({ id }) => id)).toEqual(['claude', 'openai', 'inhouse', 'builtin']);
  expect(chosen).toBe('openai');
});
