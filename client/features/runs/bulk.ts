import type { RunSummary } from '../../../shared/workflow/run.ts';
import { plural, t } from '../../i18n/t.ts';

export type BulkAction = 'retry' | 'pause' | 'resume' | 'cancel';

/** The server takes no more in one call. */
export const mostAtOnce = 200;

const isUnderWay = (run: RunSummary): boolean => run.finishedAt === null;

/** Whether a run can be tried again, paused and so on as it stands. */
const can: Record<BulkAction, (run: RunSummary) => boolean> = {
  retry: (run) => run.status === 'failed' || run.status === 'cancelled',
  pause: (run) => isUnderWay(run) && run.paused === null,
  // A run that asks how much it may spend has to be answered on its own page.
  resume: (run) => isUnderWay(run) && run.paused !== null && run.paused.cost === null,
  cancel: isUnderWay,
};

/** Those of the runs to which it can be done. */
export function ableTo(action: BulkAction, runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter(can[action]).slice(0, mostAtOnce);
}

/** What is asked before it is done: a question that says how many, and what it means. */
export function questionOf(action: BulkAction, n: number): { title: string; text: string; button: string } {
  switch (action) {
    case 'retry':
      return {
        title: plural(n, 'Try one run again?', 'Try {n} runs again?'),
        text: t('Each goes on at the step that failed; what was done before is not done again.'),
        button: t('Try again'),
      };
    case 'pause':
      return {
        title: plural(n, 'Pause one run?', 'Pause {n} runs?'),
        text: t('What is under way settles; nothing new starts until somebody resumes them.'),
        button: t('Pause'),
      };
    case 'resume':
      return {
        title: plural(n, 'Let one run go on?', 'Let {n} runs go on?'),
        text: t('What became due while they were paused is done now.'),
        button: t('Resume'),
      };
    case 'cancel':
      return {
        title: plural(n, 'Stop one run?', 'Stop {n} runs?'),
        text: t('They end where they are. What was sent stays sent.'),
        button: t('Stop'),
      };
  }
}

/** What became of it. */
export function resultOf(
  action: BulkAction,
  { done, refused, reasons }: { done: number; refused: number; reasons: readonly { message: string }[] },
): string {
  const what = doneInWords(action, done);
  if (refused === 0) return what;
  const why = reasons.map(({ message }) => message).join(' ');
  return `${what} ${plural(refused, 'One was not: {why}', '{n} were not: {why}', { why })}`;
}

function doneInWords(action: BulkAction, n: number): string {
  switch (action) {
    case 'retry':
      return plural(n, 'One run was started again.', '{n} runs were started again.');
    case 'pause':
      return plural(n, 'One run is being paused.', '{n} runs are being paused.');
    case 'resume':
      return plural(n, 'One run goes on.', '{n} runs go on.');
    case 'cancel':
      return plural(n, 'One run is being stopped.', '{n} runs are being stopped.');
  }
}
