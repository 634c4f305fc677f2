import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DemoFailure, within } from './failure.ts';

/** Where Mailweave answers, and how to leave it as it was found. */
export interface DemoInstance {
  url: string;
  close(): Promise<void>;
}

/** The first start installs and builds. */
const startMs = 600_000;
const stopMs = 15_000;
const answerMs = 2_000;
const start = join(import.meta.dirname, '..', 'start.mjs');

/**
 * The instance at MAILWEAVE_URL; else the one on this machine's PORT, if it answers; else one of our own on a free port, whose data is
 * thrown away.
 * @param say gets what our own instance prints while it starts.
 * @throws DemoFailure when MAILWEAVE_URL does not answer, or ours does not start.
 */
export async function findInstance(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<DemoInstance & { how: string }> {
  const named = env.MAILWEAVE_URL?.replace(/\/+$/, '');
  if (named) {
    if (!(await answers(named))) throw new DemoFailure(`No Mailweave answers at ${named} (MAILWEAVE_URL).`);
    return { url: named, how: `the instance at ${named}`, close: async () => {} };
  }
  const local = `http://localhost:${env.PORT || '3000'}`;
  if (await answers(local)) return { url: local, how: `the running instance at ${local}`, close: async () => {} };
  const own = await startOwn(env, say);
  return { ...own, how: `an instance of its own at ${own.url}, thrown away afterwards` };
}

/** Any server answers something at a port; only ours says so on both addresses. */
async function answers(url: string): Promise<boolean> {
  try {
    const [health, document] = await Promise.all(
      ['/healthz', '/api/openapi.json'].map(async (path) => {
        const answer = await fetch(url + path, { signal: AbortSignal.timeout(answerMs) });
        return (await answer.json()) as { status?: string; info?: { title?: string } };
      }),
    );
    return health?.status === 'ok' && /mailweave/i.test(document?.info?.title ?? '');
  } catch {
    return false;
  }
}

async function startOwn(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<DemoInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mailweave-demo-'));
  chmodSync(dataDir, 0o711); // Started by root, PostgreSQL runs under an account of its own and has to get through.
  const child = spawn(process.execPath, [start], {
    // Not npm's child: the demo stops it itself. Mail must stay in the built-in inbox, or it would reach real people.
    env: {
      ...env,
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      SMTP_URL: '',
      PUBLIC_URL: '',
      npm_lifecycle_event: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const close = async (): Promise<void> => {
    await stop(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { url: await within(startMs, 'Starting Mailweave', listening(child, say)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listening(child: ChildProcess, say: (line: string) => void): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let silent = false;
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      const url = /listening on (http\S+)/.exec(line)?.[1];
      if (url) {
        silent = true;
        resolve(url);
      } else if (!silent) say(line);
    });
  }
  child.once('exit', (code, signal) =>
    reject(new DemoFailure(`Mailweave did not start (${signal ?? `exit code ${code}`}).`)),
  );
  return promise;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(timer);
}
