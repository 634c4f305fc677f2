import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, readPostmaster, stopPostmaster } from './postmaster.ts';
import { readState } from './state.ts';

const PREFIX = 'mailweave-test-';

/**
 * vitest's global setup. It only names the folder of this run's cluster: the first test that wants a database starts it
 * (see testing.ts), so a run of pure unit tests starts none. At the end the cluster is stopped and deleted.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o711); // PostgreSQL's account must pass when we are root.
  writeFileSync(join(folder, 'owner'), String(process.pid));
  process.env.MAILWEAVE_TEST_CLUSTER = folder;
  return () => discard(folder);
}

/** Removes what killed test runs left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const owner = ownerOf(folder);
    if (owner !== null && !isAlive(owner)) await discard(folder);
  }
}

function ownerOf(folder: string): number | null {
  try {
    return Number.parseInt(readFileSync(join(folder, 'owner'), 'utf8'), 10);
  } catch {
    return null;
  }
}

async function discard(folder: string): Promise<void> {
  const home = readState(folder)?.home ?? join(folder, 'postgres');
  const server = readPostmaster(join(home, 'cluster'));
  if (server && isAlive(server.pid)) await stopPostmaster(server.pid, 5_000);
  rmSync(home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
