import { expect, test, vi } from 'vitest';
import { mailsAtOnce } from '../../../shared/engine/held.ts';
import { testDatabase } from '../../database/testing.ts';
import { testProduct } from '../../testing.ts';
import { letters, mail } from './testing-letters.ts';

/** Two processes; the first is told to stop while it sends what its run has held. */
const db = await testDatabase();
const { product, smtp, workflowOf, start, reaches, sent, messageIds, outbox } = await letters(db);
await testProduct(db, { smtpUrl: smtp.url });

test('a process that stops while it sends held mails leaves the rest to another, and each goes out once', async () => {
  const names = Array.from({ length: 2 * mailsAtOnce + 3 }, (_, i) => `m${String(i).padStart(2, '0')}`);
  smtp.behave(({ point }) => (point === 'final' ? { delayMs: 200 } : undefined));
  const id = await start(
    await workflowOf(
      names.map((name) => mail(name)),
      { holdMails: true },
    ),
  );
  await vi.waitFor(() => expect(smtp.counts.begun).toBeGreaterThan(0), { timeout: 10_000, interval: 5 });
  await product.engine.drain();
  const atStop = sent().length;
  expect(atStop).toBeGreaterThan(0);
  expect(atStop, 'it stopped in the middle').toBeLessThan(names.length);
  await reaches(id, 'done', 30_000);
  expect(await outbox(id)).toEqual(names.map((name) => `${name} sent`));
  expect(sent().toSorted()).toEqual(names.map((name) => `${name}@example.com`));
  expect(new Set(messageIds()).size).toBe(names.length);
}, 60_000);
