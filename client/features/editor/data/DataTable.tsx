import { Text } from '@mantine/core';
import { useState } from 'react';
import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';
import { t } from '../../../i18n/t.ts';
import { inShort, joinPath, scalarText } from '../../../nodes/expression/scope.ts';
import { dragged } from './dragging.ts';
import { InsertField } from './FieldActions.tsx';
import { columnsOf } from './shorten.ts';
import { describeText } from './words.ts';

const mostRows = 100;
const mostColumns = 12;
const cellChars = 80;

interface DataTableProps {
  caption: string | null;
  rows: readonly Record<string, unknown>[];
  /** How expressions name the list. */
  path?: string | undefined;
  fixed?: boolean;
  onInsert?: ((path: string) => void) | undefined;
}

/**
 * A list of objects, one row each. A cell can be dragged into a setting, or put into the one that was used last; arrow keys go from cell to
 * cell. Only the cell that is pointed at or has the focus has its button: a large table would have thousands.
 */
export function DataTable({ caption, rows, path, fixed = false, onInsert }: DataTableProps) {
  const columns = columnsOf(rows, mostColumns);
  const shown = rows.slice(0, mostRows);
  const { at, over, handlers } = useCells(shown.length, columns.length);
  return (
    <>
      <div className="mw-data-table" role="region" aria-label={t('Table')}>
        <table {...handlers} data-inserts={onInsert !== undefined || undefined}>
          <caption className={caption === null ? 'mw-hidden' : undefined}>{caption ?? t('Rows')}</caption>
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
            {shown.map((row, index) => (
              <tr key={index}>
                <th scope="row">{index + 1}</th>
                {columns.map((column, place) => {
                  const cell = `${index} ${place}`;
                  const has = Object.hasOwn(row, column) && path !== undefined;
                  const field = has ? joinPath(`${path}[${index}]`, column) : undefined;
                  return (
                    <td
                      key={column}
                      data-cell={cell}
                      tabIndex={cell === at ? 0 : -1}
                      {...(fixed ? {} : dragged(field))}
                    >
                      <span>{cellText(row[column])}</span>
                      {over === cell && field !== undefined && onInsert !== undefined ? (
                        <span className="mw-tree-actions">
                          <InsertField path={field} onInsert={onInsert} />
                        </span>
                      ) : null}
                    </td>
                  );
                })}
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

/** Of the cells, the one that Tab goes to, and the one that is pointed at or has the focus; with what follows both. */
function useCells(rows: number, columns: number) {
  const [[row, column], setAt] = useState<readonly [number, number]>([0, 0]);
  const [over, setOver] = useState<string | null>(null);
  const handlers = {
    onPointerOver: ({ target }: PointerEvent) => setOver(cellAt(target)?.dataset['cell'] ?? null),
    onPointerLeave: () => setOver(null),
    onFocus: ({ target }: FocusEvent) => {
      const cell = cellAt(target);
      setOver(cell?.dataset['cell'] ?? null);
      if (cell !== null) setAt(placeOf(cell));
    },
    onKeyDown: goOn,
  };
  return { at: row < rows && column < columns ? `${row} ${column}` : '0 0', over, handlers };
}

const cellAt = (target: EventTarget) => (target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null);

function placeOf({ dataset }: HTMLElement): readonly [row: number, column: number] {
  const [row = 0, column = 0] = (dataset['cell'] ?? '').split(' ').map(Number);
  return [row, column];
}

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function goOn(event: KeyboardEvent<HTMLTableElement>): void {
  const move = moves[event.key];
  const from = cellAt(event.target);
  if (move === undefined || from === null) return;
  const [row, column] = placeOf(from);
  // The page's own arrow keys go from step to step.
  event.preventDefault();
  event.stopPropagation();
  const next = `${row + move[0]} ${column + move[1]}`;
  event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
}

function cellText(value: unknown): string {
  if (typeof value === 'object' && value !== null) return inShort(value);
  const text = scalarText(value);
  return describeText(text, cellChars) ?? text;
}
