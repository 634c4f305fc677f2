import { fork } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../../shared/nodes/contract.ts';
import { startCreditsMicro } from '../../../shared/workflow/pricing.ts';
import { testDatabase } from '../../database/testing.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import type { FakeLlm } from '../../drivers/llm/fake.ts';
import { createModels } from '../../drivers/llm/models.ts';
import type { Models } from '../../drivers/llm/models.ts';
import { createCreditStore } from '../../store/credits.ts';
import { createLlmPort } from './llm-port.ts';

const db = await testDatabase();
const credits = createCreditStore(db.knex);
let fake: FakeLlm;
let models: Models;
let workspaceId = '';

beforeAll(async () => {
  fake = await startFakeLlm();
  models = createModels({
    openai: { apiKey: fakeKey, baseUrl: fake.openaiUrl },
    anthropic: {},
    inhouse: {},
    builtin: { generate: () => ({ text: 'free' }) },
  });
});
afterAll(() => fake.close());
beforeEach(async () => {
  const [row] = await db.knex('workspaces').insert({ name: 'Test', slug: randomUUID() }).returning('id');
  workspaceId = row.id;
});

const request: GenerateRequest = { provider: 'openai', model: '', system: '', prompt: 'Hi', maxTokens: 1_000 };
const portOf = (key: string = randomUUID(), runId?: string) =>
  createLlmPort({ models, credits })({
    workspaceId,
    key,
    nodeId: 'ai_generate_1',
    signal: new AbortController().signal,
    ...(runId ? { runId } : {}),
  });
const usage = { inputTokens: 1_000, outputTokens: 200 };
/** gpt-6.1-terra: 1 and 5 USD a million tokens. */
const cost = 1_000 * 100 + 200 * 500;

async function check(balanceMicro: number, heldMicro = 0): Promise<void> {
  expect(await credits.balance(workspaceId)).toMatchObject({ balanceMicro, heldMicro });
}

it('holds while the model answers, then charges what it reports', async () => {
  fake.script({ say: 'Hello, this is an answer.', usage, pieceMs: 20 });
  const held: number[] = [];
  const runId = randomUUID();
  const reads: Promise<void>[] = [];
  const result = await portOf('a', runId).generate(request, () => {
    reads.push(credits.balance(workspaceId).then(({ heldMicro }) => void held.push(heldMicro)));
  });
  await Promise.all(reads);
  expect(held[0]).toBe(models.maxCostMicro(request));
  expect(result.costMicro).toBe(cost);
  await check(startCreditsMicro - cost);
  const { items } = await credits.statement(workspaceId, { limit: 5 });
  expect(items[0]).toMatchObject({
    kind: 'usage',
    amountMicro: -cost,
    runId,
    nodeId: 'ai_generate_1',
    description: 'AI step · OpenAI',
  });
});

it('gives the hold back when the call fails, and an attempt under the same key can succeed', async () => {
  fake.script({ status: 500 }, { say: 'ok', usage });
  await expect(portOf('a').generate(request)).rejects.toMatchObject({ code: 'provider_unavailable' });
  await check(startCreditsMicro);
  await portOf('a').generate(request);
  await check(startCreditsMicro - cost);
});

it('does not charge a repeated step twice', async () => {
  fake.script({ say: 'ok', usage });
  await portOf('a').generate(request);
  expect((await portOf('a').generate(request)).costMicro).toBe(cost);
  await check(startCreditsMicro - cost);
});

it('charges each call of a caller that makes several', async () => {
  fake.script({ say: 'ok', usage });
  const port = portOf('a');
  await port.generate(request);
  await port.generate(request);
  await check(startCreditsMicro - 2 * cost);
});

it('does not call a model that the workspace cannot pay', async () => {
  await credits.balance(workspaceId);
  await credits.grant({ workspaceId, kind: 'adjust', amountMicro: -startCreditsMicro + 10, description: 'Spent' });
  fake.script({ say: 'never' });
  await expect(portOf().generate(request)).rejects.toMatchObject({
    code: 'insufficient_credits',
    details: { availableMicro: 10 },
  });
  expect(fake.requests).toHaveLength(0);
  await check(10);
});

it('the built-in engine needs no credits', async () => {
  await credits.balance(workspaceId);
  await credits.grant({ workspaceId, kind: 'adjust', amountMicro: -startCreditsMicro, description: 'Spent' });
  expect((await portOf().generate({ ...request, provider: 'builtin' })).text).toBe('free');
  await check(0);
});

describe('a process killed at hold_taken', () => {
  it('leaves one hold; the step that is repeated uses it again, and a run that ends without repeating frees it', async () => {
    const runs = [randomUUID(), randomUUID()] as const;
    for (const runId of runs) {
      const child = fork(new URL('./testing-crash.ts', import.meta.url), {
        env: {
          ...process.env,
          CRASH: JSON.stringify({
            url: db.url,
            workspaceId,
            runId,
            key: `${runId}:ai`,
            openaiUrl: fake.openaiUrl,
            apiKey: fakeKey,
          }),
        },
      });
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
    }
    const most = models.maxCostMicro(request);
    await check(startCreditsMicro, 2 * most);

    fake.script({ say: 'ok', usage });
    await portOf(`${runs[0]}:ai`, runs[0]).generate(request);
    await check(startCreditsMicro - cost, most);
    expect(await credits.releaseHoldsOf(workspaceId, runs[1])).toBe(1);
    await check(startCreditsMicro - cost);
  });
});
