import { hash } from 'node:crypto';
import type pg from 'pg';
import { longestInline, setAside, type PayloadContent } from '../../shared/engine/payloads.ts';
import { AppError } from '../../shared/errors.ts';
import type { RunEvent } from '../../shared/workflow/run.ts';
import type { Commit } from '../engine/ports.ts';
import { texts, uuids } from './columns.ts';

type Queryable = Pick<pg.PoolClient, 'query'>;

/** A commit with its events in JSON, one after the other; their large values are apart. */
export interface WrittenCommit extends Commit {
  json: string;
  contents: readonly PayloadContent[];
}

/** Most commits are small, and cost no more than their JSON in one piece. */
export function writtenOut(commit: Commit): WrittenCommit {
  const whole = JSON.stringify(commit.events);
  if (whole.length <= longestInline) return { ...commit, json: whole.slice(1, -1), contents: none };
  return withoutLarge(commit);
}

const none: readonly PayloadContent[] = [];

function withoutLarge(commit: Commit): WrittenCommit {
  const contents: PayloadContent[] = [];
  let slim: RunEvent[] | undefined;
  const lines = commit.events.map((event, i) => {
    const line = JSON.stringify(event);
    if (line.length <= longestInline) return line;
    const apart = setAside(event, sha256);
    if (apart.contents.length === 0) return line;
    contents.push(...apart.contents);
    slim ??= [...commit.events];
    slim[i] = apart.event;
    return JSON.stringify(apart.event);
  });
  return { ...commit, events: slim ?? commit.events, json: lines.join(','), contents };
}

function sha256(json: string): string {
  return hash('sha256', json, 'base64url');
}

export function takesPayloads({ contents, create }: WrittenCommit): boolean {
  return contents.length > 0 || create?.adoptsPayloadsOf !== undefined;
}

/** To be called in the transaction that writes the events, once their runs are there: a reference is never without its payload. */
export async function storePayloads(client: Queryable, commits: readonly WrittenCommit[]): Promise<void> {
  const rows = commits.flatMap(({ run, contents }) => contents.map((content) => ({ run, ...content })));
  if (rows.length > 0) {
    await client.query({
      name: 'payloads-insert',
      text: `
        INSERT INTO run_payloads (run_id, workspace_id, ref, content)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
      values: [
        uuids(rows.map(({ run }) => run.id)),
        uuids(rows.map(({ run }) => run.workspaceId)),
        texts(rows.map(({ ref }) => ref)),
        texts(rows.map(({ json }) => json)),
      ],
    });
  }
  for (const commit of commits) await adoptPayloads(client, commit);
}

/** Copies what the events refer to from the run that they come from. @throws AppError conflict when that is gone, and all is undone. */
async function adoptPayloads(client: Queryable, { create, events, contents }: WrittenCommit): Promise<void> {
  if (create?.adoptsPayloadsOf === undefined) return;
  const own = new Set(contents.map(({ ref }) => ref));
  const refs = new Set(events.flatMap(({ payloads = [] }) => payloads.map(({ ref }) => ref)));
  const foreign = [...refs].filter((ref) => !own.has(ref));
  if (foreign.length === 0) return;
  const { rowCount } = await client.query(
    `INSERT INTO run_payloads (run_id, workspace_id, ref, content)
     SELECT $1, workspace_id, ref, content FROM run_payloads
     WHERE run_id = $2 AND workspace_id = $3 AND ref = ANY($4)`,
    [create.id, create.adoptsPayloadsOf, create.workspaceId, foreign],
  );
  if (rowCount !== foreign.length) throw gone();
}

/** @throws AppError not_found */
export async function readPayloads(
  pool: pg.Pool,
  workspaceId: string,
  runId: string,
  refs: readonly string[],
): Promise<Map<string, unknown>> {
  const { rows } = await pool.query<{ ref: string; content: string }>({
    name: 'payloads-read',
    text: 'SELECT ref, content FROM run_payloads WHERE run_id = $1 AND workspace_id = $2 AND ref = ANY($3)',
    values: [runId, workspaceId, refs],
  });
  if (rows.length < new Set(refs).size) throw gone();
  return new Map(rows.map(({ ref, content }) => [ref, JSON.parse(content) as unknown]));
}

function gone(): AppError {
  return new AppError('not_found', 'The data of this run does not exist any more.');
}
