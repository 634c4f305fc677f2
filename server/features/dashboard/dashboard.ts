import type { Dashboard, Figures } from '../../../shared/api/dashboard.ts';
import { microPerCredit } from '../../../shared/workflow/pricing.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import type { CreditStore } from '../../store/credits.ts';
import type { DashboardStore, DayRange, Slice } from '../../store/dashboard.ts';
import { csvLine, type Cell } from './csv.ts';
import { before, dashboardOf, daysOf, type Counts } from './figures.ts';

export interface DashboardDeps {
  store: DashboardStore;
  credits: Pick<CreditStore, 'balance'>;
}

export interface DashboardInput extends DayRange {
  workflowId?: string | undefined;
}

export type DashboardTable = 'days' | 'workflows' | 'ai';

/** The figures of a range of days, and of as many days before to compare with. @throws AppError bad_request for a zone that the database does not know */
export async function readDashboard(deps: DashboardDeps, actor: Actor, input: DashboardInput): Promise<Dashboard> {
  const { store, credits } = deps;
  const slice: Slice = { ...input, workspaceId: actor.workspaceId };
  const counts = await count(store, slice);
  const earlier = await count(store, { ...slice, ...before(input) });
  const balance = await credits.balance(actor.workspaceId);
  const ids = new Set([...counts.runs, ...counts.mails, ...counts.costs].flatMap(({ workflowId }) => workflowId ?? []));
  const names = await store.names(actor.workspaceId, [...ids]);
  return { ...dashboardOf(daysOf(input), counts, earlier, names), availableMicro: balance.availableMicro };
}

/** One question after the other: a page of figures takes one connection, not six. */
async function count(store: DashboardStore, slice: Slice): Promise<Counts> {
  try {
    return { runs: await store.runs(slice), mails: await store.mails(slice), costs: await store.costs(slice) };
  } catch (error) {
    if ((error as { code?: string }).code !== '22023') throw error;
    throw new AppError('bad_request', 'The database does not know this time zone.', { details: { field: 'timeZone' } });
  }
}

/** What the page shows as a file of comma-separated values. It is small (a line for each day or workflow), so it is made whole. */
export async function exportDashboard(
  deps: DashboardDeps,
  actor: Actor,
  { table, ...input }: DashboardInput & { table: DashboardTable },
): Promise<File> {
  const lines = rowsOf(table, await readDashboard(deps, actor, input)).map(csvLine);
  return new File(lines, `mailweave-${table}-${input.from}-${input.to}.csv`, { type: 'text/csv;charset=utf-8' });
}

const figureTitles = [
  'runs',
  'done',
  'failed',
  'cancelled',
  'under way',
  'p95 duration (s)',
  'mails sent',
  'AI cost (credits)',
];

function rowsOf(table: DashboardTable, { days, workflows, providers }: Dashboard): Cell[][] {
  switch (table) {
    case 'days':
      return [['day', ...figureTitles], ...days.map((row) => [row.day, ...cellsOf(row)])];
    case 'workflows':
      return [
        ['workflow', 'workflow id', ...figureTitles],
        ...workflows.map((row) => [row.name, row.workflowId, ...cellsOf(row)]),
      ];
    case 'ai':
      return [
        ['day', ...providers.map(({ label }) => `${label} (credits)`)],
        ...days.map(({ day }, at) => [day, ...providers.map((one) => (one.days[at] ?? 0) / microPerCredit)]),
      ];
  }
}

function cellsOf({ runs, done, failed, cancelled, open, p95Ms, mails, costMicro }: Figures): Cell[] {
  return [
    runs,
    done,
    failed,
    cancelled,
    open,
    p95Ms === null ? null : p95Ms / 1_000,
    mails,
    costMicro / microPerCredit,
  ];
}
