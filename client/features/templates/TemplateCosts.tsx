import { Collapse, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { TemplateCost } from '../../../shared/api/templates.ts';
import { query } from '../../api/client.ts';
import { rich } from '../../i18n/rich.tsx';
import { plural, t, translate } from '../../i18n/t.ts';
import { amountInWords, isFree } from './costWords.ts';
import classes from './TemplatesPage.module.css';

/** What a run costs here, and what it would cost with each provider. Mails cost nothing. */
export function TemplateCosts({ cost }: { cost: TemplateCost }) {
  const providers = useQuery({ ...query.compose.providers.queryOptions(), staleTime: 60_000 });
  const [open, setOpen] = useState(false);
  const id = useId();
  if (cost.aiSteps === 0) return <p className={classes.cost}>{t('Runs without AI and costs no credits.')}</p>;
  const words = amountInWords(cost);
  const steps = plural(cost.aiSteps, 'One AI step', '{n} AI steps');
  return (
    <div className={classes.cost}>
      <p>
        {isFree(cost)
          ? t('{steps}: free with the provider that is set up here.', { steps })
          : t('{steps}: a run costs {words}.', { steps, words })}
      </p>
      <UnstyledButton
        className={classes.more ?? ''}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {rich('By provider {arrow}', { arrow: <ChevronDown size={14} data-open={open || undefined} /> })}
      </UnstyledButton>
      <Collapse expanded={open} id={id}>
        <table className={classes.costs}>
          <tbody>
            {cost.byProvider.map((row) => {
              const provider = providers.data?.items.find((item) => item.id === row.provider);
              return (
                <tr key={row.provider}>
                  <th scope="row">{translate(provider?.label ?? row.provider)}</th>
                  <td>{amountInWords(row)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <p>
          {t(
            'Long texts that a run puts into its prompts come on top. The preview of your workflow shows the exact range.',
          )}
        </p>
      </Collapse>
    </div>
  );
}
