import knexModule, { type Knex } from 'knex';
import './pool.ts';

export interface KnexOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Most connections at once; default 10. */
  max?: number;
  /** Ends a statement that runs longer; 0 (default) means no limit. */
  statementTimeoutMs?: number;
}

/** Makes the query builder of the stores. It keeps a pool of its own; end it with `destroy()`. */
export function createKnex({ url, name, max = 10, statementTimeoutMs = 0 }: KnexOptions): Knex {
  return knexModule({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: name,
      connectionTimeoutMillis: 10_000,
      ...(statementTimeoutMs > 0 ? { statement_timeout: statementTimeoutMs } : {}),
    },
    pool: { min: 0, max },
    acquireConnectionTimeout: 20_000,
  });
}
