import type { Knex } from 'knex';
import { turnIn } from '../../shared/engine/turns.ts';
import type { TurnRequest, Turns } from '../engine/ports.ts';
import type { SignalStore } from './signals.ts';

interface Standing {
  place: string;
  /** Names this wait; another wait of the same attempt has another one. */
  turn: string;
  had_turn: boolean;
  /** The run is held under the request's fence. */
  held: boolean;
}

interface LaneRow {
  active: number;
  ahead: number;
  started_ago: number[];
}

/** A turn counts while its run is held under the fence that it was granted under; it is gone with a process that died. */
const atWork = `t.active AND r.finished_at IS NULL AND r.worker IS NOT NULL AND r.fence = t.fence`;
/** Who has ended, or is paused, holds up nobody. Who was taken over in the middle of a turn is about to ask for it again. */
const waits = `t.ended_at IS NULL AND r.finished_at IS NULL AND r.pause IS NULL
  AND (NOT t.active OR (r.worker IS NOT NULL AND r.fence <> t.fence))`;

/** Turns of limited steps. All that happens in a lane happens one after the other, under its lock. */
export function createTurnStore(knex: Knex, signals: Pick<SignalStore, 'send'>): Turns {
  return {
    ask: (request) =>
      knex.transaction(async (trx) => {
        await lock(trx, request);
        const mine = await stand(trx, request);
        const lane = await readLane(trx, request, mine.place);
        const inMs = turnIn(request.limit, {
          active: lane.active,
          ahead: lane.ahead,
          startedAgo: lane.started_ago,
          hadTurn: mine.had_turn,
        });
        if (inMs !== 0 || !mine.held) return { granted: false, turn: mine.turn, inMs, ahead: lane.ahead };
        await grant(trx, request);
        return { granted: true };
      }),
    end: (request) =>
      knex.transaction(async (trx) => {
        await lock(trx, request);
        await trx.raw(
          `UPDATE step_turns SET active = false, ended_at = clock_timestamp()
           WHERE run_id = ? AND node_id = ? AND attempt = ? AND fence = ?`,
          [request.run.id, request.node, request.attempt, request.run.fence],
        );
        await callNext(trx, request, signals);
      }),
  };
}

async function lock(trx: Knex.Transaction, { run, lane }: TurnRequest): Promise<void> {
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 650))', [`${run.workspaceId}:${lane}`]);
}

/** The attempt's row, made at its first asking. A run that was taken over since stands under its new fence, and is not at work. */
async function stand(trx: Knex.Transaction, { run, node, attempt, lane }: TurnRequest): Promise<Standing> {
  const { rows } = await trx.raw<{ rows: Standing[] }>(
    `WITH mine AS (
       INSERT INTO step_turns (workspace_id, run_id, node_id, attempt, lane, fence) VALUES (:workspace, :run, :node, :attempt, :lane, :fence)
       ON CONFLICT (run_id, node_id, attempt) DO UPDATE SET fence = EXCLUDED.fence, active = false, ended_at = NULL, asks = step_turns.asks + 1
       RETURNING place, asks, granted_at)
     SELECT place::text, place || '.' || asks AS turn, granted_at IS NOT NULL AS had_turn,
       EXISTS (SELECT FROM runs WHERE id = :run AND fence = :fence AND worker IS NOT NULL) AS held
     FROM mine`,
    { workspace: run.workspaceId, run: run.id, node, attempt, lane, fence: run.fence },
  );
  return rows[0]!;
}

async function readLane(trx: Knex.Transaction, { run, lane }: TurnRequest, place: string): Promise<LaneRow> {
  const { rows } = await trx.raw<{ rows: LaneRow[] }>(
    `SELECT count(*) FILTER (WHERE ${atWork})::int AS active,
       count(*) FILTER (WHERE ${waits} AND t.place < :place)::int AS ahead,
       coalesce(array_agg(extract(epoch FROM clock_timestamp() - t.granted_at)::float8 * 1000 ORDER BY t.granted_at)
         FILTER (WHERE t.granted_at > clock_timestamp() - interval '1 minute'), '{}') AS started_ago
     FROM step_turns t JOIN runs r ON r.id = t.run_id
     WHERE t.workspace_id = :workspace AND t.lane = :lane`,
    { workspace: run.workspaceId, lane, place },
  );
  return rows[0]!;
}

async function grant(trx: Knex.Transaction, { run, node, attempt, lane }: TurnRequest): Promise<void> {
  await trx.raw(
    `UPDATE step_turns SET active = true, granted_at = coalesce(granted_at, clock_timestamp())
     WHERE run_id = ? AND node_id = ? AND attempt = ?`,
    [run.id, node, attempt],
  );
  // What no limit looks at any more.
  await trx.raw(
    `DELETE FROM step_turns t USING runs r WHERE r.id = t.run_id AND t.workspace_id = ? AND t.lane = ?
       AND (t.granted_at IS NULL OR t.granted_at < clock_timestamp() - interval '1 minute')
       AND (t.ended_at IS NOT NULL OR r.finished_at IS NOT NULL)`,
    [run.workspaceId, lane],
  );
}

/** Wakes those at rest for whom there is room now. Those in memory look by themselves. */
async function callNext(
  trx: Knex.Transaction,
  request: TurnRequest,
  signals: Pick<SignalStore, 'send'>,
): Promise<void> {
  const { run, lane, limit } = request;
  if (limit.concurrency === undefined) return;
  const { active } = await readLane(trx, request, '0');
  const { rows } = await trx.raw<{ rows: { run_id: string; node_id: string; turn: string }[] }>(
    `SELECT t.run_id, t.node_id, t.place || '.' || t.asks AS turn
     FROM step_turns t JOIN runs r ON r.id = t.run_id
     WHERE t.workspace_id = ? AND t.lane = ? AND ${waits} ORDER BY t.place LIMIT ?`,
    [run.workspaceId, lane, Math.max(0, limit.concurrency - active)],
  );
  for (const { run_id, node_id, turn } of rows)
    await signals.send(trx, run.workspaceId, run_id, { node: node_id, signal: { kind: 'turn', turn } });
}
