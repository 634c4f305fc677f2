import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { publish, signUp, type Account } from '../../e2e/support/account.ts';
import { startInstance, type Instance } from '../../e2e/support/instance.ts';
import { startEmbedded, type EmbeddedPostgres } from '../../server/database/embedded.ts';
import { createPool } from '../../server/database/pool.ts';
import { startChild } from './child.ts';
import type { Workload } from './workloads.ts';

/** A fresh installation with its own PostgreSQL, as it comes, and the world outside; everything on loopback. */
export interface Stage {
  database: EmbeddedPostgres;
  pool: pg.Pool;
  server: Instance;
  person: Account;
  /** How many mails and AI calls have arrived outside. */
  outside(): Promise<{ mails: number; calls: number }>;
  /** What further processes of this installation are started with. */
  environment: Record<string, string>;
  /** Publishes a workload; `persisted` counts its runs that are done. */
  put(workload: Workload): Promise<{ url: string; workflowId: string; persisted(): Promise<number> }>;
  close(): Promise<void>;
}

/** @param env for the server, over what it needs. */
export async function openStage(env: Record<string, string> = {}): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mailweave-bench-'));
  const database = await startEmbedded({ dataDir });
  const pool = createPool({ url: database.url, name: 'bench', max: 4 });
  const world = await startChild('sinks-server.ts');
  const { smtpUrl, aiUrl } = JSON.parse(world.first) as { smtpUrl: string; aiUrl: string };
  const environment = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    SMTP_URL: smtpUrl,
    OUTBOUND_ALLOW: new URL(aiUrl).host,
    ...env,
  };
  const server = await startInstance(environment);
  const person = await signUp(server.url);
  return {
    database,
    pool,
    server,
    person,
    environment,
    outside: async () => (await (await fetch(aiUrl)).json()) as { mails: number; calls: number },
    async put(workload) {
      const { urls, workflow } = await publish(person, workload.name, workload.graph({ aiUrl }));
      return {
        url: urls.webhook_1!,
        workflowId: workflow.id,
        async persisted() {
          const { rows } = await pool.query<{ n: number }>(
            `SELECT count(*) AS n FROM runs WHERE workflow_id = $1 AND status = 'done'`,
            [workflow.id],
          );
          return rows[0]!.n;
        },
      };
    },
    async close() {
      await server.stop();
      await world.stop();
      await pool.end();
      await database.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
