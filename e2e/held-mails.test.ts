import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../server/database/testing.ts';
import { startSmtpFake } from '../server/drivers/mail/fake.ts';
import type { FaultPoint } from '../server/faults.ts';
import { accountAt, allRunsEnded, lineOf, publish, signUp } from './support/account.ts';
import { startInstance } from './support/instance.ts';

/* A run holds its mails until it has succeeded. The server is killed while it sends them, and started again. */
const db = await testDatabase();
const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-held-'));
const smtp = await startSmtpFake();
afterAll(() => Promise.all([smtp.close(), rm(dataDir, { recursive: true, force: true })]));
const environment = { DATABASE_URL: db.url, DATA_DIR: dataDir, SMTP_URL: smtp.url };

const mail = (to: string) => ({ to: `${to}@example.com`, subject: 'Hello', format: 'text', text: 'Hello' });
const graph = {
  ...lineOf(
    ['webhook_1', 'webhook', {}],
    ['first', 'email-send', mail('ada')],
    ['second', 'email-send', mail('grace')],
    ['set_1', 'set', { fields: [{ name: 'done', value: 'yes' }] }],
  ),
  settings: { holdMails: true },
};

const healthy = await startInstance(environment);
const person = await signUp(healthy.url);
const { urls } = await publish(person, 'Letters', graph);
await healthy.stop();
const path = new URL(urls['webhook_1']!).pathname;
let runs = 0;

/** Whose mails of the newest run are noted as sent. */
async function recipientsSent(): Promise<string[]> {
  const { rows } = await db.pool.query<{ recipient: string }>(
    `SELECT recipients[1] AS recipient FROM outbox
     WHERE status = 'sent' AND run_id = (SELECT id FROM runs ORDER BY created_at DESC, id DESC LIMIT 1)`,
  );
  return rows.map(({ recipient }) => recipient);
}

/** `repeated`: how many mails at least and at most were out and not yet noted. Both are on their way together. */
test.each<[FaultPoint, occurrence: number, repeated: [least: number, most: number]]>([
  ['run_committed', 1, [0, 0]],
  ['intent_journaled', 1, [0, 0]],
  ['smtp_250', 1, [1, 2]],
  ['effect_done', 1, [1, 2]],
  ['outcome_journaled', 1, [0, 1]],
  ['smtp_250', 2, [1, 2]],
])(
  'killed at %s (time %i): each mail goes out, and %j of them once more as the same message',
  async (point, occurrence, [least, most]) => {
    runs += 1;
    smtp.messages.length = 0;
    const doomed = await startInstance({ ...environment, FAULT_POINT: `${point}:${occurrence}` });
    await fetch(doomed.url + path, { method: 'POST' }).catch(() => null);
    expect(await doomed.ended).toMatchObject({ signal: 'SIGKILL' });
    const noted = await recipientsSent();
    const again = await startInstance(environment);
    try {
      const ended = await allRunsEnded(accountAt(again.url, person.email, person.cookie), runs);
      expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: runs }, () => 'done'));
      expect(new Set(smtp.messages.map(({ to }) => to.join()))).toEqual(
        new Set(['ada@example.com', 'grace@example.com']),
      );
      expect(smtp.messages.length - 2).toBeGreaterThanOrEqual(least);
      expect(smtp.messages.length - 2).toBeLessThanOrEqual(most);
      for (const to of noted)
        expect(
          smtp.messages.filter((one) => one.to.join() === to),
          to,
        ).toHaveLength(1);
      expect(new Set(smtp.messages.map(({ raw }) => raw.toString())).size, 'a repeat is the same message').toBe(2);
    } finally {
      await again.stop();
    }
  },
  120_000,
);
