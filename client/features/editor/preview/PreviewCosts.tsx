import type { Preview } from '../../../../shared/api/runs.ts';
import { t, translate } from '../../../i18n/t.ts';
import { creditsInWords, formatCredits } from '../../../ui/format.ts';

type Range = Preview['cost'];

function words({ min, max }: Range): string {
  if (max === 0) return 'free';
  return min === max
    ? creditsInWords(max)
    : t('{least} to {most}', { least: formatCredits(min), most: creditsInWords(max) });
}

/** What the AI steps cost as they are set, and what they would cost with each provider. */
export function PreviewCosts({ preview }: { preview: Preview }) {
  return (
    <div className="mw-costs">
      <h3>{t('Cost')}</h3>
      <p className="mw-costs-total">{words(preview.cost)}</p>
      {preview.costByProvider.length === 0 ? null : (
        <table>
          <caption>{t('If one provider did every AI step')}</caption>
          <tbody>
            {preview.costByProvider.map((row) => (
              <tr key={row.provider} data-off={!row.configured || undefined}>
                <th scope="row">
                  {translate(row.label)}
                  <small>{row.configured ? row.model : t('not set up')}</small>
                </th>
                <td>{words(row.cost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
