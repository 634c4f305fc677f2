import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const dataDir = () => mkdtempSync(join(tmpdir(), 'config-'));
const key = 'k'.repeat(32);
const load = (env: Record<string, string>) => loadConfig({ SECRET_KEY: key, ...env });

function problemOf(env: Record<string, string>): string {
  try {
    loadConfig({ DATA_DIR: dataDir(), ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('an empty environment is a working configuration', () => {
  const config = loadConfig({ DATA_DIR: dataDir() });
  expect(config).toMatchObject({
    production: false,
    role: 'all',
    port: 3000,
    databaseUrl: undefined,
    trustProxy: false,
    outboundAllow: [],
    logLevel: 'info',
    fault: null,
  });
});

test.each<[Record<string, string>, RegExp]>([
  [{ PORT: 'abc' }, /^PORT "abc" is not a port\. Set a number/],
  [{ PORT: '70000' }, /^PORT "70000"/],
  [{ ROLE: 'boss' }, /^ROLE "boss" is not known\. Set one of all, web, worker/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL "loud".*trace/],
  [{ PUBLIC_URL: 'mailweave.example.com' }, /^PUBLIC_URL is not a URL.*Set it like https/],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL is not a URL that starts with postgres:/],
  [{ SMTP_URL: 'smtp.example.com' }, /^SMTP_URL is not a URL.*smtps:/],
  [{ MAIL_FROM: 'nobody' }, /^MAIL_FROM "nobody" is not a sender/],
  [{ MAIL_FROM: 'A <a@b.c>\nBcc: x@y.z' }, /^MAIL_FROM/],
  [{ SECRET_KEY: 'short' }, /^SECRET_KEY is shorter than 32.*openssl rand/],
  [{ OUTBOUND_ALLOW: '127.0.0.1:80,10.0.0.0' }, /^OUTBOUND_ALLOW has "10\.0\.0\.0"/],
  [{ TRUST_PROXY: 'true' }, /^TRUST_PROXY has "true"/],
  [{ TLS_CERT_FILE: '/a' }, /^TLS_KEY_FILE is missing/],
  [{ INHOUSE_BASE_URL: 'http://localhost:11434/v1' }, /^INHOUSE_MODEL is missing/],
  [{ FAULT_POINT: 'somewhere' }, /^FAULT_POINT "somewhere" is not known.*effect_done/],
  [{ FAULT_POINT: 'effect_done:0' }, /^FAULT_POINT/],
  [{ FAULT_POINT: 'effect_done', NODE_ENV: 'production' }, /^FAULT_POINT kills the process on purpose/],
  [{ NODE_ENV: 'production', DATABASE_URL: 'postgres://h/db' }, /^SECRET_KEY is missing/],
  [{ NODE_ENV: 'production', ROLE: 'worker' }, /^PUBLIC_URL is missing/],
])('%j is refused with variable, reason and remedy', (env, expected) => {
  expect(problemOf(env)).toMatch(expected);
});

test('everything wrong is said at once', () => {
  expect(problemOf({ PORT: 'x', ROLE: 'y' }).split('\n')).toHaveLength(2);
});

test.each<[Record<string, string>, object]>([
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: '' }, { port: 3000 }],
  [{ ROLE: 'worker' }, { port: null }],
  [{ ROLE: 'worker', PORT: '3001' }, { port: 3001 }],
  [{ PUBLIC_URL: 'https://m.example.com/' }, { publicUrl: 'https://m.example.com' }],
  [
    { OUTBOUND_ALLOW: 'LocalHost:80, [::1]:443' },
    {
      outboundAllow: [
        { host: 'localhost', port: 80 },
        { host: '::1', port: 443 },
      ],
    },
  ],
  [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
  [{ TRUST_PROXY: 'loopback, 10.0.0.0/8' }, { trustProxy: ['loopback', '10.0.0.0/8'] }],
  [{ FAULT_POINT: 'smtp_250:3' }, { fault: { name: 'smtp_250', occurrence: 3 } }],
  [{ MAIL_FROM: 'a@b.example' }, { mail: { from: 'a@b.example' } }],
])('%j is read', (env, expected) => {
  expect(load(env)).toMatchObject(expected);
});

test('secrets do not show in logs, JSON or texts, nor in the message about a wrong one', () => {
  const config = load({ DATABASE_URL: 'postgres://u:hunter2@h/db', OPENAI_API_KEY: 'sk-hunter2' });
  const { inspect } = process.getBuiltinModule('node:util');
  expect(`${JSON.stringify(config)} ${inspect(config, { depth: 9 })} ${config.secretKey}`).not.toMatch(/hunter2|kkkk/);
  expect(config.databaseUrl?.reveal()).toBe('postgres://u:hunter2@h/db');
  expect(problemOf({ DATABASE_URL: 'mysql://u:hunter2@h', SECRET_KEY: 'hunter2' })).not.toContain('hunter2');
});

test('the configuration cannot be changed', () => {
  const config = load({});
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.mail)).toBe(true);
});

test('an absent secret key is made once, kept, and private', () => {
  const DATA_DIR = dataDir();
  const first = loadConfig({ DATA_DIR }).secretKey.reveal();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(loadConfig({ DATA_DIR }).secretKey.reveal()).toBe(first);
  expect(statSync(join(DATA_DIR, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(DATA_DIR, 'secret.key'), 'utf8').trim()).toBe(first);
});
