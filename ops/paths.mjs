import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export const modules = join(root, 'node_modules');

/** Node 24, which npm installs beside the other packages; the one that runs this file may be older. */
export const node24 = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * How the server is run. V8's young generation may grow to three times this many megabytes and keeps what it once had: left to itself it holds
 * 100 MB of a server that does nothing, for no measurable speed. `npm start` has the same in package.json.
 */
export const serverFlags = ['--max-semi-space-size=16'];

/**
 * Where Node keeps what it has made of our TypeScript and of packages: a start that finds it there takes a fraction of the time, and 10 MB less.
 * Kept by content, so that nothing in it is ever out of date; `npm ci` clears it away.
 */
export const compileCache = join(modules, '.cache', 'node');

export const say = (line) => console.log(line);

/** Seconds for people: `0.4 s`, `48 s`. */
export function seconds(since) {
  const value = (performance.now() - since) / 1000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/**
 * Runs a program to its end with our own terminal and hands signals on to it.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, quiet?: boolean }} [options] `quiet` keeps the output and shows it only on failure
 * @returns {Promise<{ code: number, output: string }>} the exit code, 128 + n for signal n as shells say it
 */
export function run(command, args, { env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => parts.push(part));
    const forwards = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      // Ctrl-C in a terminal reaches the child by itself; twice would look like impatience.
      const forward = () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
      process.on(signal, forward);
      return () => process.off(signal, forward);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const stop of forwards) stop();
      resolve({ code: code ?? 128 + (signalNumbers[signal] ?? 1), output: Buffer.concat(parts).toString('utf8') });
    });
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** The environment without our own programs on PATH: `npm ci` deletes node_modules, so it must not run on the Node in there. */
export function environmentWithoutModules() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.startsWith(modules));
  return { ...process.env, PATH: path.join(delimiter) };
}

/** The environment in which `node`, `vite` and so on are the installed ones. */
export function environmentWithModules(extra = {}) {
  const first = join(modules, '.bin');
  const path = [first, process.env.PATH].filter(Boolean).join(delimiter);
  return { ...process.env, NODE_COMPILE_CACHE: compileCache, PATH: path, ...extra };
}

export const present = (...parts) => existsSync(join(root, ...parts));
