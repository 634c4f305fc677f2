import type { Knex } from 'knex';
import type { RunStatus, RunSummary } from '../../shared/workflow/run.ts';
import { containing, literally } from './like.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { retryOf, selectRuns, summaryOf, type RunRow } from './run-rows.ts';

export interface RunFilter {
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
  /** Only runs that wait for a person's word about an uncertain step. */
  uncertain?: boolean | undefined;
  /** Only runs that are paused. */
  paused?: boolean | undefined;
  /** Only runs that have not been tried again. */
  untried?: boolean | undefined;
  /** Created at or after this instant. */
  since?: string | undefined;
  /** Created before this instant. */
  until?: string | undefined;
  /** Words in the workflow's name, the error, the id, or the subject or a recipient of a mail of the run. */
  search?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface RunListPage {
  items: RunSummary[];
  nextCursor: string | null;
  /** Set when a search has not looked at everything yet: how far back it has. The next page goes on from there. */
  searchedTo: string | null;
}

/** One page of a search looks at no more runs than this, whatever it finds: no index can hold words of errors and mails at a run's pace. */
export const searchWindow = 5_000;
/** Of a run with thousands of mails, these many are looked at. */
const mailsOfRun = 50;

/** A workspace's runs, newest first. */
export async function listRuns(
  knex: Knex,
  workspaceId: string,
  filter: RunFilter,
  window = searchWindow,
): Promise<RunListPage> {
  const search = filter.search?.trim() ?? '';
  const query = newestFirst(selectRuns(knex, workspaceId));
  if (search === '') void narrow(knex, query, filter);
  else {
    const looked = newestFirst(narrow(knex, idsOf(knex, workspaceId), filter)).limit(window);
    void query.whereIn('r.id', knex.select('id').from(looked.as('looked')));
    void query.whereRaw(...saying(search));
  }
  const rows: RunRow[] = await query.limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  if (rows.length > page.length && last)
    return { items: page.map(summaryOf), nextCursor: encodeCursor(last.created_at, last.id), searchedTo: null };
  const edge = search === '' ? undefined : await edgeOf(knex, workspaceId, filter, window);
  return {
    items: page.map(summaryOf),
    nextCursor: edge ? encodeCursor(edge.created_at, edge.id) : null,
    searchedTo: edge?.created_at.toISOString() ?? null,
  };
}

type Place = Pick<RunRow, 'id' | 'created_at'>;

function idsOf(knex: Knex, workspaceId: string): Knex.QueryBuilder<RunRow, Place[]> {
  return knex('runs as r').where('r.workspace_id', workspaceId).select<Place[]>('r.id', 'r.created_at');
}

/** The last run that a search with this window looks at; undefined when it looks at all that are left. */
async function edgeOf(knex: Knex, workspaceId: string, filter: RunFilter, window: number): Promise<Place | undefined> {
  const rows = await newestFirst(narrow(knex, idsOf(knex, workspaceId), filter))
    .offset(window - 1)
    .limit(2);
  return rows.length === 2 ? rows[0] : undefined;
}

function newestFirst<R extends object>(query: Knex.QueryBuilder<R>): Knex.QueryBuilder<R> {
  return query.orderBy([
    { column: 'r.created_at', order: 'desc' },
    { column: 'r.id', order: 'desc' },
  ]);
}

function narrow<Q extends Knex.QueryBuilder>(knex: Knex, query: Q, filter: RunFilter): Q {
  // Those that do a share of a list show with the run that they do it for.
  void query.whereNull('r.part');
  if (filter.workflowId) void query.where('r.workflow_id', filter.workflowId);
  if (filter.status) void query.where('r.status', filter.status);
  if (filter.untried) void query.whereNotExists(retryOf(knex));
  if (filter.paused) void query.whereNotNull('r.pause').whereNull('r.finished_at');
  if (filter.uncertain) void query.where('r.uncertain_steps', '>', 0);
  if (filter.since) void query.where('r.created_at', '>=', filter.since);
  if (filter.until) void query.where('r.created_at', '<', filter.until);
  if (filter.cursor)
    void query.whereRaw('(r.created_at, r.id) < (?::timestamptz, ?::uuid)', decodeCursor(filter.cursor));
  return query;
}

/** The condition that a run says these words somewhere. */
function saying(search: string): [sql: string, bindings: string[]] {
  const anywhere = containing(search);
  return [
    `(w.name ILIKE ? OR r.id::text ILIKE ? OR r.error->>'message' ILIKE ? OR EXISTS (
      SELECT 1 FROM (SELECT subject, recipients FROM outbox o WHERE o.run_id = r.id AND o.workspace_id = r.workspace_id LIMIT ${mailsOfRun}) m
      WHERE m.subject ILIKE ? OR array_to_string(m.recipients, ' ') ILIKE ?))`,
    [anywhere, `${literally(search)}%`, anywhere, anywhere, anywhere],
  ];
}
