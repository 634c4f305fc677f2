import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../../ops/paths.mjs';

/** A Mailweave process of its own, as `npm start` runs it once everything is installed and built. */
export interface Instance {
  url: string;
  pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves when the process has ended, however it did. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGTERM, and SIGKILL when that takes longer than 15 s. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the server on a free port and resolves when it listens.
 * @param env DATABASE_URL and whatever else the test needs; nothing of our own environment but PATH and HOME gets in.
 * @throws Error with what the process printed when it ends or is silent for a minute.
 */
export async function startInstance(env: Record<string, string>): Promise<Instance> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...serverFlags, MAIN], {
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = Promise.withResolvers<string>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    const listening = /listening on (http\S+)/.exec(output)?.[1];
    if (listening) url.resolve(listening);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'exit').then(
    ([code, signal]) => ({ code, signal }) as { code: number | null; signal: NodeJS.Signals | null },
  );
  void ended.then(({ code, signal }) =>
    url.reject(new Error(`The server ended (${signal ?? code}) before it listened:\n${output}`)),
  );
  const timer = setTimeout(
    () => url.reject(new Error(`The server was silent for a minute:\n${output}`)),
    START_TIMEOUT_MS,
  );
  try {
    return { url: await url.promise, pid: child.pid!, output: () => output, ended, stop: () => stop(child, ended) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}
