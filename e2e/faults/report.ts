import type { FaultReport } from './run.ts';

/** A run is taken over within this time in 99 of 100 cases. */
const longestTakeoverMs = 10_000;

/** Whether a promise was broken. */
export function isBroken({ lost, doubled, broken, crashed, hangs, hungStarts, takeover }: FaultReport): boolean {
  return (
    lost > 0 ||
    doubled > 0 ||
    broken > 0 ||
    crashed > 0 ||
    hangs > 0 ||
    hungStarts > 0 ||
    takeover.p99 > longestTakeoverMs
  );
}

/** What happened, for people. */
export function inWords(report: FaultReport): string {
  const { kills, takeover } = report;
  const points = Object.entries(kills.byPoint)
    .map(([point, n]) => `${point} ${n}`)
    .join(', ');
  const { web, worker, postgres } = kills.byProcess;
  const answers = Object.entries(report.answers)
    .map(([answer, n]) => `${n} × ${answer}`)
    .join(', ');
  return [
    '',
    `${kills.total} processes were killed in ${report.seconds} s: ${web} web, ${worker} worker, ${postgres} PostgreSQL; ${kills.atRandom} at random instants, the others at ${points || 'no fault point'}.`,
    `${report.acknowledged} webhooks were acknowledged (answers: ${answers}); ${report.terminal} of their runs have ended, ${report.runs} runs in all.`,
    `${report.lost} lost, ${report.doubled} doubled, ${report.broken} broken journals, ${report.hangs} requests without an answer, ${report.hungStarts} starts without an end, ${report.crashed} processes that ended by themselves, and ${report.failedStarts} that could not start for want of a database.`,
    `${report.calls} calls and ${report.mails} mails were seen outside; ${report.repeats} of them again before an outcome was journaled, under the same key. ${report.uncertain} times it was unknown whether a mail had arrived.`,
    `${takeover.runs} runs lost their process and were taken over after ${takeover.p50} ms (p50), ${takeover.p99} ms (p99), ${takeover.max} ms at most.`,
    ...report.problems.slice(0, 20).map((problem) => `  ${problem}`),
    ...(report.problems.length > 20 ? [`  … and ${report.problems.length - 20} more`] : []),
  ].join('\n');
}
