import type { Dashboard, Figures } from '../../../shared/api/dashboard.ts';
import { providerLabels } from '../../../shared/workflow/pricing.ts';
import type { CostCount, MailCount, RunCount } from '../../store/dashboard.ts';
import { percentile } from '../../store/durations.ts';

/** Of the range and of as many days before it. */
export interface Counts {
  runs: readonly RunCount[];
  mails: readonly MailCount[];
  costs: readonly CostCount[];
}

const dayMs = 86_400_000;

/** The days of a range, the last one included. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const first = Date.parse(from);
  const count = Math.round((Date.parse(to) - first) / dayMs) + 1;
  return Array.from({ length: count }, (_, n) => new Date(first + n * dayMs).toISOString().slice(0, 10));
}

/** As many days, right before. */
export function before({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const length = daysOf({ from, to }).length;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(Date.parse(from) - length * dayMs), to: day(Date.parse(from) - dayMs) };
}

/** Adds up; `toFigures` says what it came to. */
class Sum {
  readonly #by: Record<string, number> = {};
  readonly #durations = new Map<number, number>();
  mails = 0;
  costMicro = 0;

  run({ status, durationClass, runs }: RunCount): void {
    this.#by[status] = (this.#by[status] ?? 0) + runs;
    if (durationClass !== null) this.#durations.set(durationClass, (this.#durations.get(durationClass) ?? 0) + runs);
  }

  toFigures(): Figures {
    const { done = 0, failed = 0, cancelled = 0, ...rest } = this.#by;
    const open = Object.values(rest).reduce((sum, count) => sum + count, 0);
    const p95Ms = percentile(this.#durations, 0.95);
    const { mails, costMicro } = this;
    return { runs: done + failed + cancelled + open, done, failed, cancelled, open, p95Ms, mails, costMicro };
  }
}

/** Sums that are made when they are first asked for. */
function sums<K>(): { of(key: K): Sum; entries(): [K, Sum][] } {
  const all = new Map<K, Sum>();
  return {
    of(key) {
      const found = all.get(key) ?? new Sum();
      all.set(key, found);
      return found;
    },
    entries: () => [...all],
  };
}

/** The dashboard but for the credits, from what the store has counted in this range and in the one before. */
export function dashboardOf(
  days: readonly string[],
  counts: Counts,
  earlier: Counts,
  names: ReadonlyMap<string, string>,
): Omit<Dashboard, 'availableMicro'> {
  const { byDay, byWorkflow } = addUp(counts);
  return {
    days: days.map((day) => ({ day, ...byDay.of(day).toFigures() })),
    total: totalOf(counts),
    before: totalOf(earlier),
    workflows: byWorkflow
      .entries()
      .map(([workflowId, sum]) => ({
        workflowId,
        name: workflowId === null ? null : (names.get(workflowId) ?? null),
        ...sum.toFigures(),
      }))
      .toSorted((one, other) => other.runs - one.runs || other.costMicro - one.costMicro),
    providers: providersOf(days, counts.costs),
  };
}

function addUp({ runs, mails, costs }: Counts) {
  const byDay = sums<string>();
  const byWorkflow = sums<string | null>();
  for (const row of runs) {
    if (row.day === null) byWorkflow.of(row.workflowId).run(row);
    else byDay.of(row.day).run(row);
  }
  for (const { day, workflowId, mails: count } of mails) {
    byDay.of(day).mails += count;
    byWorkflow.of(workflowId).mails += count;
  }
  for (const { day, workflowId, costMicro } of costs) {
    byDay.of(day).costMicro += costMicro;
    byWorkflow.of(workflowId).costMicro += costMicro;
  }
  return { byDay, byWorkflow };
}

function totalOf({ runs, mails, costs }: Counts): Figures {
  const sum = new Sum();
  for (const row of runs) if (row.day !== null) sum.run(row);
  for (const row of mails) sum.mails += row.mails;
  for (const row of costs) sum.costMicro += row.costMicro;
  return sum.toFigures();
}

function providersOf(days: readonly string[], costs: readonly CostCount[]): Dashboard['providers'] {
  const place = new Map(days.map((day, index) => [day, index]));
  const found = new Map<string, Dashboard['providers'][number]>();
  for (const { provider, day, calls, costMicro } of costs) {
    const label = (providerLabels as Record<string, string | undefined>)[provider] ?? provider;
    const entry = found.get(provider) ?? { provider, label, calls: 0, costMicro: 0, days: days.map(() => 0) };
    entry.calls += calls;
    entry.costMicro += costMicro;
    const at = place.get(day);
    if (at !== undefined) entry.days[at] = (entry.days[at] ?? 0) + costMicro;
    found.set(provider, entry);
  }
  return [...found.values()].toSorted((one, other) => other.costMicro - one.costMicro);
}
