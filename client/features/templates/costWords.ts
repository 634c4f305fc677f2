import type { TemplateCost } from '../../../shared/api/templates.ts';
import { creditsInWords, formatCredits } from '../../ui/format.ts';

type Amount = Pick<TemplateCost, 'runMicro' | 'itemMicro'>;

/** An amount in words: `up to 0.3 credits, and 0.1 for each item`. */
export function amountInWords({ runMicro, itemMicro }: Amount): string {
  if (runMicro === 0 && itemMicro === 0) return 'free';
  if (itemMicro === 0) return `up to ${creditsInWords(runMicro)}`;
  if (runMicro === 0) return `up to ${creditsInWords(itemMicro)} for each item`;
  return `up to ${creditsInWords(runMicro)}, and ${formatCredits(itemMicro)} for each item`;
}

/** What a run costs, in a few words for a card. */
export function costInWords(cost: TemplateCost): string {
  if (cost.aiSteps === 0) return 'Runs without AI';
  const words = amountInWords(cost);
  return words === 'free' ? 'AI, free here' : `AI, ${words}`;
}
