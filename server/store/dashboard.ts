import type { Knex } from 'knex';
import { durationClassOf } from './durations.ts';

/** Whole days of a time zone's calendar, as `2026-11-22`; `to` is in it. */
export interface DayRange {
  from: string;
  to: string;
  timeZone: string;
}

export interface Slice extends DayRange {
  workspaceId: string;
  /** Only this workflow. */
  workflowId?: string | undefined;
}

/** So many runs of a day, or of a workflow (then `day` is null), that stand like this and took about that long. */
export interface RunCount {
  day: string | null;
  workflowId: string | null;
  status: string;
  /** Null while they are under way. See `durations.ts`. */
  durationClass: number | null;
  runs: number;
}

export interface MailCount {
  day: string;
  workflowId: string | null;
  mails: number;
}

export interface CostCount {
  day: string;
  workflowId: string | null;
  provider: string;
  calls: number;
  costMicro: number;
}

/** A question that takes longer is given up: it must not keep a connection from the runs. */
const mostMs = 15_000;

/** Named values of every query here. */
function valuesOf({ workspaceId, workflowId, from, to, timeZone }: Slice): Record<string, Knex.Value> {
  return { workspaceId, workflowId: workflowId ?? null, from, to, zone: timeZone };
}

const between = (column: string): string => `
  ${column} >= :from::date::timestamp AT TIME ZONE :zone AND ${column} < (:to::date + 1)::timestamp AT TIME ZONE :zone
  AND (:workflowId::uuid IS NULL OR workflow_id = :workflowId::uuid)`;
/** The midnight before; words are made of it when all is counted, as they cost more than the counting. */
const midnight = (column: string): string => `date_trunc('day', ${column}, :zone)`;
const asDay = (column: string): string => `to_char(${column} AT TIME ZONE :zone, 'YYYY-MM-DD')`;

/**
 * What the dashboard shows, added up by the database: runs that are there over their index by workspace and time (at most what the workspace
 * keeps, 100,000 unless it was set otherwise), and what was counted of those that are gone. No journal is read.
 */
export function createDashboardStore(knex: Knex) {
  async function ask<Row>(text: string, slice: Slice): Promise<Row[]> {
    const { rows } = await knex.raw<{ rows: Row[] }>(text, valuesOf(slice)).timeout(mostMs, { cancel: true });
    return rows;
  }
  return {
    /** Runs by the day on which they began, and once more by workflow. Shares of lists belong to the run that they are of. */
    runs: (slice: Slice): Promise<RunCount[]> =>
      ask<RunCount>(
        `WITH counted AS (
           SELECT workflow_id, ${midnight('created_at')} AS day, status,
             CASE WHEN finished_at IS NOT NULL THEN ${durationClassOf('created_at', 'finished_at')} END AS class, count(*) AS runs
           FROM runs WHERE workspace_id = :workspaceId AND part IS NULL AND ${between('created_at')} GROUP BY 1, 2, 3, 4
           UNION ALL
           SELECT workflow_id, ${midnight('quarter')}, status, duration_class, runs
           FROM run_history WHERE workspace_id = :workspaceId AND ${between('quarter')})
         SELECT ${asDay('day')} AS day, workflow_id AS "workflowId", status, class AS "durationClass", sum(runs)::int AS runs
         FROM counted GROUP BY GROUPING SETS ((day, status, class), (workflow_id, status, class))`,
        slice,
      ),
    /** Mails by the day on which the server took them. Those whose run is gone without being counted have no workflow. */
    mails: (slice: Slice): Promise<MailCount[]> =>
      ask<MailCount>(
        `WITH sent AS (
           SELECT run_id, ${midnight('sent_at')} AS day, count(*) AS mails FROM outbox
           WHERE workspace_id = :workspaceId AND status = 'sent'
             AND sent_at >= :from::date::timestamp AT TIME ZONE :zone AND sent_at < (:to::date + 1)::timestamp AT TIME ZONE :zone
           GROUP BY 1, 2)
         SELECT ${asDay('day')} AS day, workflow_id AS "workflowId", sum(mails)::int AS mails FROM (
           SELECT sent.day, r.workflow_id, sent.mails FROM sent LEFT JOIN runs r ON r.id = sent.run_id
           WHERE :workflowId::uuid IS NULL OR r.workflow_id = :workflowId::uuid
           UNION ALL
           SELECT ${midnight('quarter')}, workflow_id, mails FROM mail_history WHERE workspace_id = :workspaceId AND ${between('quarter')}) m
         GROUP BY m.day, workflow_id`,
        slice,
      ),
    /** What calls to models cost, by the day of the call. Without a workflow: previews, and what the assistant wrote. */
    costs: (slice: Slice): Promise<CostCount[]> =>
      ask<CostCount>(
        `SELECT ${asDay(midnight('quarter'))} AS day, workflow_id AS "workflowId", provider, sum(calls)::int AS calls, sum(cost)::bigint AS "costMicro"
         FROM ai_usage WHERE workspace_id = :workspaceId AND ${between('quarter')} GROUP BY 1, 2, 3`,
        slice,
      ),
    /** Names of the workflows that are still there. */
    async names(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
      const rows = await knex('workflows')
        .where({ workspace_id: workspaceId })
        .whereIn('id', [...ids])
        .select<{ id: string; name: string }[]>('id', 'name');
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
  };
}

export type DashboardStore = ReturnType<typeof createDashboardStore>;
