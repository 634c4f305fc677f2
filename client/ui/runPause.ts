import type { CostPause, Pause } from '../../shared/workflow/run.ts';
import { t } from '../i18n/t.ts';
import { creditsInWords, formatCredits } from './format.ts';

/** Why it asks. */
export function costInWords({ spentMicro, stepMicro, limitMicro }: CostPause): string {
  return t('{spent} of {limit} are spent, and the next step may cost up to {step} more.', {
    spent: formatCredits(spentMicro),
    limit: creditsInWords(limitMicro),
    step: formatCredits(stepMicro),
  });
}

/** Why a run is paused, in a sentence or two. */
export function pauseInWords({ by, cost }: Pause): string {
  if (cost) return costInWords(cost);
  return t('Paused by {by}. What was under way settles; nothing new starts.', { by: by ?? t('somebody') });
}

/** A hundredth of a credit: suggestions are round. */
const step = 10_000;

/** What the run may spend if it goes on, as a first suggestion: twice as much, or what the step needs with some room. Micro-credits. */
export function suggestedLimit({ spentMicro, stepMicro, limitMicro }: CostPause): number {
  const enough = Math.max(limitMicro * 2, spentMicro + stepMicro * 2);
  return Math.ceil(enough / step) * step;
}
