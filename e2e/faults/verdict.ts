import { nodeOf } from '../../shared/engine/address.ts';
import type { RunEvent } from '../../shared/workflow/run.ts';
import type { Acknowledged } from './load.ts';
import type { SeenEffect } from './witness.ts';

/** A run as it stands in the database when all is over. */
export interface StoredRun {
  id: string;
  workflowId: string;
  idempotencyKey: string | null;
  status: string;
  /** What its row says beyond that, for whoever looks for the reason. */
  standing: string;
  events: RunEvent[];
}

/** All that was said, done and stored. */
export interface Evidence {
  runs: readonly StoredRun[];
  acknowledged: readonly Acknowledged[];
  calls: readonly SeenEffect[];
  mails: readonly SeenEffect[];
  scheduledId: string;
  instants: readonly Date[];
  unsureInstants: readonly Date[];
  callNodes: ReadonlySet<string>;
  mailNodes: ReadonlySet<string>;
}

export interface Verdict {
  /** Webhooks that were answered with 2xx. */
  acknowledged: number;
  /** Those of them whose run has ended. */
  terminal: number;
  /** What was promised and did not come: a run without an end, an instant without a run, an effect that is journaled and was not seen. */
  lost: number;
  /** What came twice and must not: runs, instants, and effects after their journaled outcome or under another key. */
  doubled: number;
  /** Effects that were seen again before an outcome was journaled, under the same key: what at-least-once allows. */
  repeats: number;
  /** Steps of which nobody knew whether they had happened. */
  uncertain: number;
  /** Journals that are not one gapless story with one end. */
  broken: number;
  runs: number;
  calls: number;
  mails: number;
  /** In words, what is counted as lost, doubled or broken. */
  problems: string[];
}

const terminal = new Set(['done', 'failed', 'cancelled']);

/** Compares what was promised with what is stored and what the other side has seen. */
export function judge(evidence: Evidence): Verdict {
  const verdict: Verdict = {
    acknowledged: evidence.acknowledged.length,
    terminal: 0,
    lost: 0,
    doubled: 0,
    repeats: 0,
    uncertain: 0,
    broken: 0,
    runs: evidence.runs.length,
    calls: evidence.calls.length,
    mails: evidence.mails.length,
    problems: [],
  };
  const note = (kind: 'lost' | 'doubled' | 'broken', problem: string): void => {
    verdict[kind]++;
    verdict.problems.push(`${kind}: ${problem}`);
  };
  const runs = new Map(evidence.runs.map((run) => [run.id, run]));
  judgeAcknowledged(evidence, runs, verdict, note);
  judgeInstants(evidence, note);
  for (const run of evidence.runs) judgeJournal(run, verdict, note);
  judgeEffects(evidence.calls, evidence.callNodes, runs, verdict, note);
  judgeEffects(evidence.mails, evidence.mailNodes, runs, verdict, note);
  return verdict;
}

type Note = (kind: 'lost' | 'doubled' | 'broken', problem: string) => void;
type Runs = ReadonlyMap<string, StoredRun>;

function judgeAcknowledged({ acknowledged }: Evidence, runs: Runs, verdict: Verdict, note: Note): void {
  for (const { key, workflow, runIds } of acknowledged) {
    if (runIds.size > 1) note('doubled', `${key} (${workflow}) was acknowledged as ${runIds.size} runs`);
    const ended = [...runIds].filter((id) => terminal.has(runs.get(id)?.status ?? ''));
    if (ended.length > 0) verdict.terminal++;
    else
      note(
        'lost',
        `${key} (${workflow}) was acknowledged as ${[...runIds].join(', ')}, which is not stored or has not ended`,
      );
  }
}

function judgeInstants({ runs, scheduledId, instants, unsureInstants }: Evidence, note: Note): void {
  const fired = runs.filter((run) => run.workflowId === scheduledId);
  const keys = new Set(fired.map(({ idempotencyKey }) => idempotencyKey?.replace(/^schedule:[^:]*:/, '')));
  for (const instant of instants)
    if (!keys.has(instant.toISOString())) note('lost', `the instant ${instant.toISOString()} has no run`);
  const expected = new Set([...instants, ...unsureInstants].map((instant) => instant.toISOString()));
  for (const key of keys) if (!expected.has(key ?? '')) note('doubled', `a run for ${key}, which was never due`);
  if (fired.length > keys.size) note('doubled', `${fired.length} runs for ${keys.size} instants`);
}

function judgeJournal({ id, status, standing, events }: StoredRun, verdict: Verdict, note: Note): void {
  if (!terminal.has(status)) {
    const last = events.at(-1);
    note(
      'lost',
      `run ${id} is ${status} (${standing}); the last in its journal is ${last?.type} ${last && 'node' in last ? last.node : ''}`,
    );
  }
  if (events.some(({ seq }, i) => seq !== i + 1)) note('broken', `the journal of run ${id} has gaps or repeats`);
  const ends = events.filter(({ type }) => type === 'run.finished').length;
  if (ends !== (terminal.has(status) ? 1 : 0))
    note('broken', `run ${id} is ${status} and its journal has ${ends} ends`);
  const done = new Set<string>();
  for (const event of events) {
    if (event.type === 'step.uncertain') verdict.uncertain++;
    if (event.type === 'step.failed' && event.error.code === 'mail_uncertain') verdict.uncertain++;
    if (event.type !== 'step.done') continue;
    if (done.has(event.node)) note('doubled', `step ${event.node} of run ${id} is done twice`);
    done.add(event.node);
  }
}

function judgeEffects(
  seen: readonly SeenEffect[],
  nodes: ReadonlySet<string>,
  runs: Runs,
  verdict: Verdict,
  note: Note,
): void {
  const groups = Map.groupBy(seen, ({ what }) => what);
  for (const [what, effects] of groups) {
    const [runId = '', ...address] = what.split('/');
    const node = address.join('/');
    const run = runs.get(runId);
    if (!run?.events.some((event) => event.type === 'step.intent' && event.node === node)) {
      note('broken', `${what} happened, and no journal has announced it`);
      continue;
    }
    const keys = new Set(effects.map(({ key }) => key));
    if (keys.size > 1) note('doubled', `${what} happened under ${keys.size} keys: ${[...keys].join(', ')}`);
    const done = run.events.find((event) => event.type === 'step.done' && event.node === node);
    const late = done ? effects.filter(({ at }) => at > done.at) : [];
    if (late.length > 0) note('doubled', `${what} happened again ${late[0]!.at - done!.at} ms after its outcome`);
    const attempts = run.events.filter((event) => event.type === 'step.started' && event.node === node).length;
    verdict.repeats += Math.max(0, effects.length - attempts);
  }
  for (const { id, events } of runs.values()) {
    for (const event of events) {
      if (event.type !== 'step.done' || !nodes.has(nodeOf(event.node)) || groups.has(`${id}/${event.node}`)) continue;
      note('lost', `${id}/${event.node} is journaled as done, and the other side has seen nothing`);
    }
  }
}
