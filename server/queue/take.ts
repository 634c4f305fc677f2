import type pg from 'pg';
import type { TakenRun } from '../engine/ports.ts';

/*
 * Taking due runs, fairly and within the caps.
 * - A lane is the queue of one workflow in one workspace, first in, first out.
 * - Lanes with something due are found without a lock. Where fewer than `glance` runs are due these are all; in a backlog the index is
 *   walked from lane to lane, at most `maxLanes` at a time, each look going on where the last one stopped.
 * - The taking itself is one at a time in the whole installation (an advisory lock until the commit), so that what it counts is still true
 *   when it writes: caps hold exactly.
 * - Whoever has the least running comes first: a workspace with a long queue waits for itself, not the others for it.
 */

/** Namespace of the lock that is held while runs are taken. */
const takeLock = 4_711_002;
const glance = 200;
const maxLanes = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

export const takenColumns = `
  runs.id, runs.workspace_id AS "workspaceId", runs.workflow_id AS "workflowId", runs.version_id AS "versionId", runs.fence,
    runs.cancel_requested AS "cancelRequested", runs.caller_waits AS "callerWaits", runs.steering AS wish, (SELECT name FROM workspaces WHERE id = runs.workspace_id) AS "workspaceName"`;

export const taken = `RETURNING ${takenColumns}`;

interface Lane {
  workspaceId: string;
  workflowId: string;
}

/** What one look at the queue brought. */
export interface Take {
  runs: TakenRun[];
  /** Something due was left behind: there was more than was asked for, or a cap was in the way. */
  left: boolean;
}

/** The look at the queue of the process with number `worker`. */
export function createTaking(pool: pg.Pool, worker: number): (limit: number) => Promise<Take> {
  let cursor: Lane = { workspaceId: beforeAll, workflowId: beforeAll };

  /** @returns the lanes, and how many runs are due in them; undefined: some may be due that were not looked at. */
  async function lanesWithDue(): Promise<{ lanes: Lane[]; due: number | undefined }> {
    const { rows } = await pool.query<Lane & { n: number }>({
      name: 'lanes-glance',
      text: `
        SELECT workspace_id AS "workspaceId", workflow_id AS "workflowId", count(*)::int AS n
        FROM (SELECT workspace_id, workflow_id FROM runs WHERE due_at <= now() ORDER BY due_at LIMIT ${glance}) AS front GROUP BY 1, 2`,
    });
    const due = rows.reduce((sum, { n }) => sum + n, 0);
    return due < glance ? { lanes: rows, due } : { lanes: await walkLanes(), due: undefined };
  }

  async function walkLanes(): Promise<Lane[]> {
    const { rows } = await pool.query<Lane & { due: boolean }>({
      name: 'lanes-walk',
      text: `
        WITH RECURSIVE lane AS (
          (SELECT workspace_id, workflow_id, due_at, 1 AS nth FROM runs
           WHERE due_at IS NOT NULL AND (workspace_id, workflow_id) > ($1::uuid, $2::uuid)
           ORDER BY workspace_id, workflow_id, due_at LIMIT 1)
          UNION ALL
          SELECT further.*, lane.nth + 1 FROM lane CROSS JOIN LATERAL (
            SELECT workspace_id, workflow_id, due_at FROM runs
            WHERE due_at IS NOT NULL AND (workspace_id, workflow_id) > (lane.workspace_id, lane.workflow_id)
            ORDER BY workspace_id, workflow_id, due_at LIMIT 1) AS further
          WHERE lane.nth < ${maxLanes})
        SELECT workspace_id AS "workspaceId", workflow_id AS "workflowId", due_at <= now() AS due FROM lane`,
      values: [cursor.workspaceId, cursor.workflowId],
    });
    const last = rows.at(-1);
    cursor = rows.length === maxLanes && last ? last : { workspaceId: beforeAll, workflowId: beforeAll };
    return rows.filter((row) => row.due);
  }

  return async (limit) => {
    const { lanes, due } = await lanesWithDue();
    if (lanes.length === 0) return { runs: [], left: due === undefined };
    const runs = await takeFrom(pool, worker, lanes, limit);
    return { runs, left: due === undefined || runs.length < due };
  };
}

async function takeFrom(pool: pg.Pool, worker: number, lanes: readonly Lane[], limit: number): Promise<TakenRun[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // The counting needs a statement of its own: one that waited for the lock would still see the time before it.
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${takeLock})`);
    const { rows } = await client.query<TakenRun>({
      name: 'runs-take-due',
      text: takeDue,
      values: [worker, lanes.map((lane) => lane.workspaceId), lanes.map((lane) => lane.workflowId), limit],
    });
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

const takeDue = `
  WITH lane AS (SELECT * FROM unnest($2::uuid[], $3::uuid[]) AS t (workspace_id, workflow_id)),
  running AS (
    SELECT workspace_id, workflow_id, count(*)::int AS n FROM runs
    WHERE worker IS NOT NULL AND workspace_id IN (SELECT workspace_id FROM lane) GROUP BY 1, 2),
  space AS (
    SELECT w.id, coalesce(sum(running.n), 0)::int AS held, w.max_running - coalesce(sum(running.n), 0)::int AS free
    FROM workspaces w LEFT JOIN running ON running.workspace_id = w.id
    WHERE w.id IN (SELECT workspace_id FROM lane) GROUP BY w.id),
  due AS (
    SELECT front.id, front.due_at, front.nth, lane.workspace_id
    FROM lane
    JOIN space ON space.id = lane.workspace_id
    JOIN workflows ON workflows.id = lane.workflow_id
    LEFT JOIN running ON running.workspace_id = lane.workspace_id AND running.workflow_id = lane.workflow_id
    CROSS JOIN LATERAL (
      SELECT r.id, r.due_at, row_number() OVER (ORDER BY r.due_at) AS nth FROM runs r
      WHERE r.workspace_id = lane.workspace_id AND r.workflow_id = lane.workflow_id AND r.due_at <= now()
      ORDER BY r.due_at
      LIMIT greatest(0, least($4::int, space.free, workflows.max_running - coalesce(running.n, 0)))) AS front),
  ranked AS (SELECT id, workspace_id, row_number() OVER (PARTITION BY workspace_id ORDER BY nth, due_at) AS rank FROM due),
  chosen AS (
    SELECT ranked.id FROM ranked JOIN space ON space.id = ranked.workspace_id
    WHERE ranked.rank <= space.free ORDER BY space.held + ranked.rank, random() LIMIT $4)
  UPDATE runs SET status = 'running', worker = $1, fence = fence + 1, due_at = NULL, signalled = false
  WHERE id IN (SELECT id FROM runs WHERE id IN (SELECT id FROM chosen) AND due_at <= now() FOR NO KEY UPDATE SKIP LOCKED) ${taken}`;
