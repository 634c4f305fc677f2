import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, waitFor } from './postmaster.ts';

/**
 * Runs `work` while holding a lock file, so that two processes of one DATA_DIR do not both create or start the cluster.
 * A lock whose holder died is taken over.
 * @throws StartupError naming the holder when it keeps the lock longer than `timeoutMs`.
 */
export async function withLockFile<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const complaint = () =>
    `Process ${holder(path)} has been starting the database for ${timeoutMs / 1000} s (lock file ${path}). ` +
    'End that process, or delete the file if it is no Mailweave.';
  await waitFor(timeoutMs, complaint, () => (take(path) ? true : undefined));
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const pid = holder(path);
  // An empty file is one that its maker is about to fill; our own id is left from an earlier process that had it.
  if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) return false;
  rmSync(path, { force: true });
  return false;
}

function holder(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}
