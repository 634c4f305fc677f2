import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { startCreditsMicro } from '../../shared/workflow/pricing.ts';
import { freeForgottenHolds } from '../features/credits/forgotten-holds.ts';
import { createCreditStore } from './credits.ts';

const db = await testDatabase();
const credits = createCreditStore(db.knex);
let workspaceId = '';

async function newWorkspace(): Promise<string> {
  const slug = randomUUID();
  const [row] = await db.knex('workspaces').insert({ name: 'Test', slug }).returning('id');
  return row.id;
}

const hold = (key: string, amountMicro: number, runId?: string) =>
  credits.hold({ workspaceId, key, amountMicro, description: 'AI', runId });

async function runOf(finishedAt: Date | null): Promise<string> {
  const { rows } = await db.pool.query<{ id: string }>(
    `WITH f AS (INSERT INTO workflows (workspace_id, name, graph) VALUES ($1, 'W', '{}') RETURNING id),
       v AS (INSERT INTO workflow_versions (workspace_id, workflow_id, number, graph) SELECT $1, id, 1, '{}' FROM f RETURNING id, workflow_id)
     INSERT INTO runs (id, workspace_id, workflow_id, version_id, mode, trigger_node, status, finished_at)
     SELECT uuidv7(), $1, workflow_id, id, 'live', 't', CASE WHEN $2::timestamptz IS NULL THEN 'running' ELSE 'done' END, $2 FROM v RETURNING id`,
    [workspaceId, finishedAt],
  );
  return rows[0]!.id;
}

beforeEach(async () => {
  workspaceId = await newWorkspace();
  // 1,000 micro-credits in place of the start credits, to keep the numbers readable.
  await credits.grant({ workspaceId, amountMicro: 1_000, description: 'Start', key: 'start' });
});

async function check(balanceMicro: number, heldMicro: number): Promise<void> {
  expect(await credits.balance(workspaceId)).toEqual({
    balanceMicro,
    heldMicro,
    availableMicro: balanceMicro - heldMicro,
  });
}

describe('holds', () => {
  it('hold, settle for less, and the statement says so', async () => {
    expect(await hold('a', 400)).toBe('held');
    await check(1_000, 400);
    expect(await credits.settle(workspaceId, 'a', 150)).toBe(150);
    await check(850, 0);
    const { items } = await credits.statement(workspaceId, { limit: 10 });
    expect(items.map(({ kind, amountMicro, balanceAfterMicro }) => [kind, amountMicro, balanceAfterMicro])).toEqual([
      ['usage', -150, 850],
      ['grant', 1_000, 1_000],
    ]);
  });

  it('refuses more than is available, and names both numbers', async () => {
    await hold('a', 700);
    await expect(hold('b', 400)).rejects.toMatchObject({
      code: 'insufficient_credits',
      retryable: false,
      details: { availableMicro: 300, neededMicro: 400 },
    });
    await check(1_000, 700);
  });

  it('gives a new workspace its start credits, once, whoever comes first', async () => {
    workspaceId = await newWorkspace();
    const both = [hold('a', 400), credits.balance(workspaceId), hold('b', 300)];
    await Promise.all(both);
    await check(startCreditsMicro, 700);
    const { items } = await credits.statement(workspaceId, { limit: 10 });
    expect(items.map(({ kind, amountMicro }) => [kind, amountMicro])).toEqual([['grant', startCreditsMicro]]);
  });

  it('holds once under one key, and pays once', async () => {
    await hold('a', 400);
    expect(await hold('a', 400)).toBe('held');
    await check(1_000, 400);
    await credits.settle(workspaceId, 'a', 100);
    expect(await credits.settle(workspaceId, 'a', 999)).toBe(100);
    expect(await hold('a', 400)).toBe('settled');
    await check(900, 0);
  });

  it('takes a released key again', async () => {
    await hold('a', 400);
    await credits.release(workspaceId, 'a');
    await credits.release(workspaceId, 'a');
    await check(1_000, 0);
    expect(await hold('a', 500)).toBe('held');
    await check(1_000, 500);
  });

  it('a call that cost more than its hold takes what is free, never what others hold', async () => {
    await hold('mine', 100);
    await hold('other', 600);
    expect(await credits.settle(workspaceId, 'mine', 900)).toBe(400);
    await check(600, 600);
    const row = await db.knex('credit_holds').where({ workspace_id: workspaceId, key: 'mine' }).first();
    expect(row).toMatchObject({ cost: 900, charged: 400 });
  });

  it('settles a call whose hold was released meanwhile from what is free', async () => {
    await hold('a', 400);
    await credits.release(workspaceId, 'a');
    expect(await credits.settle(workspaceId, 'a', 250)).toBe(250);
    await check(750, 0);
  });

  it('a call that cost nothing leaves no entry', async () => {
    await hold('a', 10);
    await credits.settle(workspaceId, 'a', 0);
    expect((await credits.statement(workspaceId, { limit: 10 })).items).toHaveLength(1);
  });

  it('frees what a run still holds, and only that', async () => {
    const run = randomUUID();
    await hold('r1', 100, run);
    await hold('r2', 200, run);
    await hold('x', 50, randomUUID());
    expect(await credits.releaseHoldsOf(workspaceId, run)).toBe(2);
    expect(await credits.releaseHoldsOf(workspaceId, run)).toBe(0);
    await check(1_000, 50);
  });

  it('frees abandoned holds of no run that there is', async () => {
    await hold('old', 100);
    await hold('of a run that was never written', 200, randomUUID());
    await hold('of a run', 400, await runOf(null));
    expect(await credits.releaseAbandoned(new Date(Date.now() - 60_000))).toBe(0);
    expect(await credits.releaseAbandoned(new Date(Date.now() + 60_000))).toBeGreaterThan(0);
    await check(1_000, 400);
  });

  it('frees what a run held whose process died right after its end', async () => {
    const now = new Date();
    await hold('ended', 100, await runOf(new Date(now.getTime() - 11_000)));
    await hold('just ended', 200, await runOf(now));
    await hold('under way', 400, await runOf(null));
    expect(await freeForgottenHolds({ store: credits, now: () => now })).toBe(1);
    await check(1_000, 600);
    // What the provider still answers is paid from what is free.
    expect(await credits.settle(workspaceId, 'ended', 50)).toBe(50);
    await check(950, 600);
  });

  it('keeps workspaces apart', async () => {
    await hold('a', 400);
    const other = await newWorkspace();
    await credits.release(other, 'a');
    await expect(credits.settle(other, 'a', 1)).rejects.toThrow('no credit hold');
    await check(1_000, 400);
    expect((await credits.statement(other, { limit: 10 })).items).toEqual([]);
  });
});

describe('grants', () => {
  it('opens the account in the transaction that makes the workspace, or not at all', async () => {
    const make = async (slug: string, fail: boolean): Promise<string> =>
      db.knex.transaction(async (trx) => {
        const [row] = await trx('workspaces').insert({ name: 'New', slug }).returning('id');
        await credits.open(row.id, trx);
        if (fail) throw new Error('taken back');
        return row.id;
      });
    workspaceId = await make(randomUUID(), false);
    expect((await credits.statement(workspaceId, { limit: 5 })).items).toHaveLength(1);
    await check(startCreditsMicro, 0);
    await expect(make(randomUUID(), true)).rejects.toThrow('taken back');
  });

  it('books a grant with a key once, also when two arrive together', async () => {
    const grant = { workspaceId, amountMicro: 500, description: 'Bonus', key: 'bonus' };
    const booked = await Promise.all(Array.from({ length: 5 }, () => credits.grant(grant)));
    expect(booked.filter(Boolean)).toHaveLength(1);
    await check(1_500, 0);
  });

  it('never takes back what is held', async () => {
    await hold('a', 800);
    const adjust = (amountMicro: number) =>
      credits.grant({ workspaceId, kind: 'adjust', amountMicro, description: 'Correction' });
    await expect(adjust(-300)).rejects.toMatchObject({ code: 'insufficient_credits' });
    await adjust(-200);
    await check(800, 800);
  });

  it('refuses parts of a micro-credit', async () => {
    await expect(hold('a', 0.5)).rejects.toThrow('whole number');
  });

  it('entries are final', async () => {
    await expect(db.knex('credit_entries').update({ amount: 5 })).rejects.toThrow('never changed');
  });
});

describe('statement', () => {
  it('pages through everything once, newest first', async () => {
    for (let n = 1; n <= 6; n++) await credits.grant({ workspaceId, amountMicro: n, description: `n${n}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await credits.statement(workspaceId, { limit: 3, cursor });
      seen.push(...page.items.map((item) => item.description));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'Start']);
  });

  it('refuses a cursor that is none', async () => {
    await expect(credits.statement(workspaceId, { limit: 3, cursor: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('under concurrency', () => {
  /** mulberry32: the same operations for the same seed. */
  const generator = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };

  it.each([1, 2, 3, 4, 5])('Σ entries = balance and nothing is ever negative (seed %i)', async (seed) => {
    const random = generator(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const runs = [randomUUID(), randomUUID()];
    let refused = 0;
    const operation = async (): Promise<void> => {
      // Few keys, so that the same one is held, settled and released by several at once.
      const key = `k${pick(40)}`;
      const amountMicro = pick(400);
      switch (pick(7)) {
        case 0:
        case 1:
        case 2:
          await hold(key, amountMicro, runs[pick(3)]);
          return;
        case 3:
          await credits.settle(workspaceId, key, pick(600));
          return;
        case 4:
          await credits.release(workspaceId, key);
          return;
        case 5:
          await credits.releaseHoldsOf(workspaceId, runs[pick(2)] ?? '');
          return;
        default:
          await credits.grant({ workspaceId, kind: 'adjust', amountMicro: pick(300) - 150 || 1, description: 'x' });
      }
    };
    const worker = async () => {
      for (let n = 0; n < 40; n++) {
        await operation().catch((error: Error & { code?: string }) => {
          refused++;
          if (error.code !== 'insufficient_credits' && !/no credit hold/.test(error.message)) throw error;
        });
      }
    };
    await Promise.all(Array.from({ length: 5 }, worker));

    const account = await db.knex('credit_accounts').where({ workspace_id: workspaceId }).first();
    const entries: { amount: number; balance_after: number }[] = await db
      .knex('credit_entries')
      .where({ workspace_id: workspaceId })
      .orderBy('seq');
    const held = await db
      .knex('credit_holds')
      .where({ workspace_id: workspaceId, state: 'held' })
      .sum('amount as sum')
      .first();
    expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(account.balance);
    expect(Number(held?.sum ?? 0)).toBe(account.held);
    let running = 0;
    for (const entry of entries) {
      running += entry.amount;
      expect(entry.balance_after).toBe(running);
    }
    expect(Math.min(...entries.map((entry) => entry.balance_after))).toBeGreaterThanOrEqual(0);
    expect(entries.length).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(0);
    const paid = await db
      .knex('credit_holds')
      .where({ workspace_id: workspaceId, state: 'settled' })
      .sum('charged as sum')
      .first();
    const usage = await db
      .knex('credit_entries')
      .where({ workspace_id: workspaceId, kind: 'usage' })
      .sum('amount as sum')
      .first();
    expect(Number(paid?.sum ?? 0)).toBe(-Number(usage?.sum ?? 0));
  });
});
