import pg from 'pg';

/** bigint (int8, oid 20) arrives as a string by default; our counters and micro-credits stay below 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, parseInt8);

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} from the database is too large.`);
  return value;
}

export interface PoolOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Most connections at once; default 10. */
  max?: number;
  /** Ends a statement that runs longer; 0 (default) means no limit. */
  statementTimeoutMs?: number;
  /** Told about connections that died; they are replaced on the next use. */
  onError?: (error: Error) => void;
}

/**
 * Makes a pool whose dying connections never end the process: pg emits `error` on a client that is checked out, and an
 * `error` without a listener is thrown. One listener per client, put there when it is made.
 */
export function createPool({ url, name, max = 10, statementTimeoutMs = 0, onError = () => {} }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(statementTimeoutMs > 0 ? { statement_timeout: statementTimeoutMs } : {}),
  });
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', onError);
  return pool;
}
