import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../startup-error.ts';

/** What a running server wrote into `<cluster>/postmaster.pid`. `ready` turns true once it accepts connections. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/** Reads the pid file of a cluster; null when there is none or only a fragment of one. */
export function readPostmaster(cluster: string): Postmaster | null {
  let text: string;
  try {
    text = readFileSync(pidFile(cluster), 'utf8');
  } catch {
    return null;
  }
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory key, status.
  const lines = text.split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.parseInt(lines[3] ?? '0', 10) || 0, ready: (lines[7] ?? '').trim() === 'ready' };
}

/** True while a process with this id runs, ours or not. A zombie (dead, but not yet collected by its parent) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return true;
  }
}

/**
 * Tells a real server of this cluster from a stranger that got the same process id (common after a container restart).
 * `unknown` where the system does not show another process's working directory.
 */
export function isServerOf(pid: number, cluster: string): 'yes' | 'no' | 'unknown' {
  if (!isAlive(pid)) return 'no';
  try {
    // A postmaster changes into its data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}

/** Removes a pid file that no server stands behind; PostgreSQL would refuse to start over it when the id was reused. */
export function removePidFile(cluster: string): void {
  rmSync(pidFile(cluster), { force: true });
}

/**
 * Waits until `check` gives something other than undefined.
 * @throws StartupError with `complaint` after `timeoutMs`.
 */
export async function waitFor<T>(timeoutMs: number, complaint: () => string, check: () => T | undefined): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    const outcome = check();
    if (outcome !== undefined) return outcome;
    if (performance.now() > deadline) throw new StartupError(complaint());
    await sleep(pause);
  }
}

/**
 * Stops a server: "fast" first (SIGINT: clients are cut, a checkpoint is written), then "immediate" (SIGQUIT: recovery at
 * the next start), then SIGKILL. Nothing committed is lost in any of them.
 */
export async function stopPostmaster(pid: number, patienceMs = 20_000): Promise<void> {
  for (const [signal, wait] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', Math.min(patienceMs, 5_000)],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    const gone = await waitFor(
      wait,
      () => '',
      () => (isAlive(pid) ? undefined : true),
    ).catch(() => false);
    if (gone) return;
  }
  throw new StartupError(`PostgreSQL (process ${pid}) does not stop, not even by SIGKILL. Is its disk hanging?`);
}
