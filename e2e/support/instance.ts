import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compileCache, serverFlags } from '../../ops/paths.mjs';

/** A Mailweave process of its own, as `npm start` runs it once everything is installed and built. */
export interface Instance {
  url: string;
  pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves when the process has ended, however it did. */
  ended: Promise<Ending>;
  /** SIGTERM, and SIGKILL when that takes longer than 15 s. */
  stop(): Promise<void>;
  /** SIGKILL, unless it has ended. */
  kill(): void;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One that may not be listening yet, or may never be. */
export interface Launched extends Omit<Instance, 'url'> {
  /** Its address once it listens. Rejects with what the process printed when it ends before, or is silent for a minute. */
  listening: Promise<string>;
}

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/**
 * Starts the server on a free port.
 * @param env DATABASE_URL and whatever else the test needs; nothing of our own environment but PATH and HOME gets in.
 */
export function launch(env: Record<string, string>): Launched {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...serverFlags, MAIN], {
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn', NODE_COMPILE_CACHE: compileCache, ...env },
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
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }) as Ending);
  const timer = setTimeout(
    () => url.reject(new Error(`The server was silent for a minute:\n${output}`)),
    START_TIMEOUT_MS,
  );
  void ended.then(({ code, signal }) =>
    url.reject(new Error(`The server ended (${signal ?? code}) before it listened:\n${output}`)),
  );
  url.promise.catch(() => {}).finally(() => clearTimeout(timer));
  return {
    listening: url.promise,
    pid: child.pid!,
    output: () => output,
    ended,
    stop: () => stop(child, ended),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** `launch`, and resolves when it listens. @throws Error with what the process printed when it ends or is silent for a minute. */
export async function startInstance(env: Record<string, string>): Promise<Instance> {
  const { listening, ...launched } = launch(env);
  try {
    return { ...launched, url: await listening };
  } catch (error) {
    launched.kill();
    throw error;
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}
