import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { startEmbedded } from '../../server/database/embedded.ts';
import { createPool } from '../../server/database/pool.ts';
import { isAlive } from '../../server/database/postmaster.ts';
import { readState } from '../../server/database/state.ts';
import type { Random } from './random.ts';

/** A PostgreSQL of its own, which is killed and comes back. */
export interface FaultyPostgres {
  url: string;
  /** For looking on; queries fail while the server is away. */
  pool: pg.Pool;
  /** SIGKILL to the server itself; it is started again after `awayMs`. Resolves when it answers. */
  killServer(awayMs: number): Promise<void>;
  /** SIGKILL to one of its processes that serve Mailweave: the server cuts all lines, recovers and goes on. */
  killBackend(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing but a power cut needs `fsync`: what a killed process has written, the system still has. */
const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

export async function startPostgres(random: Random): Promise<FaultyPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mailweave-faults-'));
  chmodSync(dataDir, 0o711); // PostgreSQL's account must pass when we are root.
  let server = await startEmbedded({ dataDir, settings });
  const { url } = server;
  const pool = createPool({ url, name: 'faults', max: 4 });

  /** Its processes see that it is gone, and end by themselves. */
  async function restart(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        server = await startEmbedded({ dataDir, settings });
        if (server.url !== url) throw new Error('PostgreSQL came back on another port.');
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await sleep(500);
      }
    }
  }

  async function answering(): Promise<void> {
    for (let i = 0; i < 200; i++) {
      const up = await pool.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (up) return;
      await sleep(50);
    }
    throw new Error('PostgreSQL did not come back within 10 s.');
  }

  return {
    url,
    pool,
    async killServer(awayMs) {
      process.kill(server.pid, 'SIGKILL');
      for (let i = 0; i < 100 && isAlive(server.pid); i++) await sleep(10);
      await sleep(awayMs);
      await restart();
      await answering();
    },
    async killBackend() {
      const { rows } = await pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name LIKE 'mailweave%'`,
      );
      if (rows.length > 0) process.kill(random.pick(rows).pid, 'SIGKILL');
      await sleep(20);
      await answering();
    },
    async close() {
      await pool.end();
      await server.stop();
      const home = readState(dataDir)?.home;
      if (home) rmSync(home, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
