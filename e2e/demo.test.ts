import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../server/database/testing.ts';
import { startSmtpFake } from '../server/drivers/mail/fake.ts';
import { startInstance } from './support/instance.ts';

const demoFile = join(import.meta.dirname, '..', 'ops', 'demo.ts');

/** Runs the demo as `npm run demo` does. */
function demo(env: Record<string, string>, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [demoFile, ...words], { env: { PATH, HOME, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });
}

/** A port at which nothing answers. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const [database, smtp, dataDir] = await Promise.all([
  testDatabase(),
  startSmtpFake(),
  mkdtemp(join(tmpdir(), 'mailweave-demo-test-')),
]);
const instance = await startInstance({ DATABASE_URL: database.url, DATA_DIR: dataDir });
afterAll(async () => {
  await instance.stop();
  await Promise.all([smtp.close(), rm(dataDir, { recursive: true, force: true })]);
});

test('without an instance it starts one, shows each stage, and the mail arrives as confirmed', async () => {
  const { code, out, err } = await demo({ PORT: String(await closedPort()) });
  expect(err).toBe('');
  expect(code).toBe(0);
  const stages = [
    'thrown away afterwards',
    'Start by hand',
    'ai_generate_1 → email_send_1',
    'assumed',
    'Preview',
    'OpenAI',
    'Built-in',
    '▶ started',
    '■ done',
    'To: grace@example.com',
    'Subject: Thank you',
    'arrived exactly as confirmed',
  ];
  const found = stages.map((stage) => out.indexOf(stage));
  expect(found, out).toEqual(found.toSorted((a, b) => a - b));
  expect(
    found.every((at) => at >= 0),
    out,
  ).toBe(true);
  expect(out, 'no colours in a pipe').not.toContain('\u001B');
}, 180_000);

const refusals: [string, sentence: string, reason: RegExp][] = [
  ['there is no mail in it', 'Start by hand, then wait 1 second', /sends no mail/],
  [
    'the run waits for long',
    'Start by hand, wait 2 days, then mail grace@example.com with the subject "Hi" saying "Hello"',
    /waits until/,
  ],
];
test.each(refusals)(
  'it fails with the reason when %s',
  async (_case, sentence, reason) => {
    const { code, err, out } = await demo({ MAILWEAVE_URL: instance.url, DEMO_RUN_SECONDS: '5' }, sentence);
    expect(err, out).toMatch(reason);
    expect(code).toBe(1);
  },
  60_000,
);

test('it does not mail real people', async () => {
  const real = await startInstance({ DATABASE_URL: database.url, DATA_DIR: dataDir, SMTP_URL: smtp.url });
  try {
    const { code, err } = await demo({ MAILWEAVE_URL: real.url });
    expect(err).toMatch(/real mail server/);
    expect(code).toBe(1);
    expect(smtp.messages).toHaveLength(0);
  } finally {
    await real.stop();
  }
}, 60_000);

test('it says so when nothing answers at MAILWEAVE_URL', async () => {
  const { code, err } = await demo({ MAILWEAVE_URL: `http://localhost:${await closedPort()}` });
  expect(err).toMatch(/No Mailweave answers/);
  expect(code).toBe(1);
});
