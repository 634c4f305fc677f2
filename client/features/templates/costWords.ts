import type { TemplateCost } from '../../../shared/api/templates.ts';
import { t } from '../../i18n/t.ts';
import { creditsInWords, formatCredits } from '../../ui/format.ts';

type Amount = Pick<TemplateCost, 'runMicro' | 'itemMicro'>;

export const isFree = ({ runMicro, itemMicro }: Amount): boolean => runMicro === 0 && itemMicro === 0;

/** An amount in words: `up to 0.3 credits, and 0.1 for each item`. */
export function amountInWords({ runMicro, itemMicro }: Amount): string {
  if (isFree({ runMicro, itemMicro })) return t('free');
  if (itemMicro === 0) return t('up to {credits}', { credits: creditsInWords(runMicro) });
  if (runMicro === 0) return t('up to {credits} for each item', { credits: creditsInWords(itemMicro) });
  return t('up to {credits}, and {item} for each item', {
    credits: creditsInWords(runMicro),
    item: formatCredits(itemMicro),
  });
}

/** What a run costs, in a few words for a card. */
export function costInWords(cost: TemplateCost): string {
  if (cost.aiSteps === 0) return t('Runs without AI');
  const words = amountInWords(cost);
  return isFree(cost) ? t('AI, free here') : t('AI, {words}', { words });
}
