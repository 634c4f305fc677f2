import { Text } from '@mantine/core';
import { t } from '../../../i18n/t.ts';
import { inShort, scalarText } from '../../../nodes/expression/scope.ts';
import { columnsOf } from './shorten.ts';
import { describeText } from './words.ts';

const mostRows = 100;
const mostColumns = 12;
const cellChars = 80;

/** A list of objects, one row each. */
export function DataTable({ path, rows }: { path: string | null; rows: readonly Record<string, unknown>[] }) {
  const columns = columnsOf(rows, mostColumns);
  return (
    <>
      <div className="mw-data-table" tabIndex={0} role="region" aria-label={t('Table')}>
        <table>
          <caption className={path === null ? 'mw-hidden' : undefined}>{path ?? t('Rows')}</caption>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row, index) => (
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                {columns.map((column) => (
                  <td key={column}>{cellText(row[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostRows ? (
        <Text size="xs" c="dimmed" mt={6}>
          {t('The first {n} rows of {all}.', { n: mostRows, all: rows.length })}
        </Text>
      ) : null}
    </>
  );
}

function cellText(value: unknown): string {
  if (typeof value === 'object' && value !== null) return inShort(value);
  const text = scalarText(value);
  return describeText(text, cellChars) ?? text;
}
