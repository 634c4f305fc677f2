import type { Secret } from '../secret.ts';
import { startEmbedded } from './embedded.ts';

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
  if (databaseUrl) return { url: databaseUrl.reveal(), close: async () => {} };
  const since = performance.now();
  const embedded = await startEmbedded({ dataDir, say });
  const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  say(`PostgreSQL ${embedded.how} on port ${embedded.port} in ${took}`);
  return { url: embedded.url, close: () => embedded.stop() };
}
