import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureClientBuilt } from '../ops/client.mjs';
import { startInstance } from './support/instance.ts';

/** Starts the product as a user would, with an empty DATA_DIR, and tells the specs its address in MAILWEAVE_URL. */
export default async function setup(): Promise<() => Promise<void>> {
  await ensureClientBuilt();
  const dataDir = mkdtempSync(join(tmpdir(), 'journeys-'));
  chmodSync(dataDir, 0o711); // Started by root, PostgreSQL runs under an account of its own and has to get through.
  const instance = await startInstance({ DATA_DIR: dataDir });
  process.env.MAILWEAVE_URL = instance.url;
  return async () => {
    await instance.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
