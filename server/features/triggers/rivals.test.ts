import { afterAll, expect, test } from 'vitest';
import { lineOf, publish, signUp } from '../../../e2e/support/account.ts';
import { createKnex } from '../../database/knex.ts';
import { testDatabase } from '../../database/testing.ts';
import { createTriggerStore } from '../../store/triggers.ts';
import { testProduct } from '../../testing.ts';
import { fireDueSchedules, type ScheduleDeps } from './schedules.ts';

/*
 * Several schedulers over one database, each with connections of its own, look at the same moments of a simulated time: over a thousand
 * instants, the night in which clocks go back, and hours in which nobody looked. Each instant fires once, or not at all where its policy says so.
 */
const db = await testDatabase();
const product = await testProduct(db);
const rivals = [1, 2, 3].map((n) => createKnex({ url: db.url, name: `scheduler-${n}`, max: 2 }));
afterAll(() => Promise.all(rivals.map((knex) => knex.destroy())));

const minute = 60_000;
/** An hour before clocks go back in Berlin, long enough ago that the database takes every instant for due. */
const begin = Date.UTC(2025, 9, 25, 23, 30);
const schedules = [
  { name: 'none', cron: '* * * * *', timezone: 'UTC', missed: 'none' },
  { name: 'one', cron: '* * * * *', timezone: 'Europe/Berlin', missed: 'one' },
  { name: 'all', cron: '* * * * *', timezone: 'Europe/Berlin', missed: 'all' },
  { name: 'every other', cron: '*/2 * * * *', timezone: 'America/New_York', missed: 'all' },
  { name: 'hourly', cron: '30 * * * *', timezone: 'Europe/Berlin', missed: 'one' },
] as const;

/** When somebody looked: every minute for five hours and a half, but for two gaps. */
const looks = Array.from({ length: 331 }, (_, i) => i)
  .filter((i) => !(i > 60 && i < 100) && !(i > 200 && i < 215))
  .map((i) => begin + i * minute + 5_000);

/** What has to fire, found without the code under test: every whole minute is an instant of `* * * * *` in every zone. */
function expected(everyMinutes: number, atMinute: number, missed: 'none' | 'one' | 'all'): number[] {
  const fires: number[] = [];
  let looked = begin;
  for (const now of looks) {
    const due: number[] = [];
    for (let at = looked + minute - (looked % minute); at <= now; at += minute) {
      if ((at / minute) % everyMinutes === atMinute % everyMinutes) due.push(at);
    }
    looked = now;
    const late = due.filter((at) => now - at > minute);
    if (missed === 'all') fires.push(...late);
    if (missed === 'one') fires.push(...late.slice(-1));
    fires.push(...due.filter((at) => now - at <= minute));
  }
  return fires;
}

test('rival schedulers fire over a thousand instants once each, and the missed ones as each schedule says', async () => {
  const ada = await signUp(product.url);
  const ids = new Map<string, string>();
  for (const { name, ...config } of schedules) {
    const { workflow } = await publish(
      ada,
      name,
      lineOf(['schedule_1', 'schedule', config], ['set_1', 'set', { fields: [{ name: 'x', value: '1' }] }]),
    );
    ids.set(name, workflow.id);
    const [first] = product.schedules.nextInstants(config, new Date(begin), 1);
    await db.pool.query('UPDATE triggers SET next_at = $2 WHERE workflow_id = $1', [workflow.id, first]);
  }
  const failures: unknown[] = [];
  const deps = (now: number, knex: (typeof rivals)[number]): ScheduleDeps => ({
    ...product.schedules,
    store: createTriggerStore(knex),
    now: () => new Date(now),
    report: (error) => failures.push(error),
  });
  for (const now of looks) await Promise.all(rivals.map((knex) => fireDueSchedules(deps(now, knex))));
  expect(failures).toEqual([]);

  const { rows } = await db.pool.query<{ workflow: string; key: string }>(
    'SELECT workflow_id AS workflow, idempotency_key AS key FROM runs',
  );
  let total = 0;
  for (const { name, cron, missed } of schedules) {
    const fired = rows.filter(({ workflow }) => workflow === ids.get(name)).map(({ key }) => Date.parse(key.slice(20)));
    const [every, at] = cron === '* * * * *' ? [1, 0] : cron.startsWith('*/2') ? [2, 0] : [60, 30];
    const should = expected(every, at, missed);
    const missing = should.filter((instant) => !fired.includes(instant));
    const extra = fired.filter((instant) => !should.includes(instant));
    expect({ name, missing: missing.map(iso), extra: extra.map(iso) }).toEqual({ name, missing: [], extra: [] });
    expect(fired, name).toHaveLength(should.length);
    total += should.length;
  }
  expect(total).toBeGreaterThan(1_000);
}, 120_000);

const iso = (at: number): string => new Date(at).toISOString();
