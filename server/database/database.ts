import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isOutage } from '../outage.ts';
import type { Secret } from '../secret.ts';
import { StartupError } from '../startup-error.ts';
import { startEmbedded } from './embedded.ts';

/** A database that does not answer at the start is waited for so long: both may have been started together. */
const patienceMs = 60_000;

/** The database of this process, embedded or external. */
export interface Database {
  url: string;
  /** Call it after all pools are closed: it stops an embedded server that no other process uses. */
  close(): Promise<void>;
}

/**
 * Uses DATABASE_URL when it is set, else starts (or adopts) the embedded PostgreSQL under `dataDir`.
 * @param say receives a line for people
 */
export async function openDatabase(
  { databaseUrl, dataDir }: { databaseUrl: Secret | undefined; dataDir: string },
  say: (line: string) => void,
): Promise<Database> {
  if (databaseUrl) {
    const url = databaseUrl.reveal();
    await waitForDatabase(url, say);
    return { url, close: async () => {} };
  }
  const since = performance.now();
  const embedded = await startEmbedded({ dataDir, say });
  const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  say(`PostgreSQL ${embedded.how} on port ${embedded.port} in ${took}`);
  return { url: embedded.url, close: () => embedded.stop() };
}

/**
 * Resolves when the database takes connections.
 * @throws StartupError naming its host when it cannot be reached within a minute; what it answers with, such as a refused password, at once.
 */
async function waitForDatabase(url: string, say: (line: string) => void): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      application_name: 'mailweave-start',
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      if (performance.now() > deadline) {
        const message = `The database at ${URL.parse(url)?.host} cannot be reached. Start it, or correct DATABASE_URL.`;
        throw new StartupError(message, { cause: error });
      }
      if (attempt === 1) say(`waiting for the database at ${URL.parse(url)?.host} …`);
      await sleep(Math.min(100 * attempt, 1_000));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
