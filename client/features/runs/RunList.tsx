import { Button, Checkbox } from '@mantine/core';
import { useEventListener } from '@mantine/hooks';
import { ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../shared/workflow/run.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { plural, t } from '../../i18n/t.ts';
import { formatInstant } from '../../ui/format.ts';
import { LoadMore } from '../../ui/LoadMore.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RunRow } from '../../ui/RunRow.tsx';
import { Failed, RowsSkeleton } from '../../ui/States.tsx';
import { BulkBar } from './BulkBar.tsx';
import { apiFilter, type PageFilter } from './filter.ts';
import classes from './RunsPage.module.css';
import { useRuns } from './useRuns.ts';
import { useSelection, type Selection } from './useSelection.ts';

/** Further down than this, what comes on top would move what is being read. */
const scrolledPx = 60;

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > scrolledPx);
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  return scrolled;
}

/** The runs that fit, with what can be done to several at once, for one filter. `nothing` stands in for an empty list. */
export function RunList({ filter: wanted, nothing }: { filter: PageFilter; nothing: ReactNode }) {
  // “The last hour” is counted from when it was chosen, so that the list does not load anew every moment.
  const [filter] = useState(() => apiFilter(wanted, Date.now()));
  const [pointed, setPointed] = useState(false);
  const scrolled = useScrolled();
  const [selecting, setSelecting] = useState(false);
  const { list, fresh, showFresh } = useRuns(filter, pointed || scrolled || selecting);
  const runs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const selection = useSelection(runs.map(({ id }) => id));
  if (selecting !== selection.size > 0) setSelecting(selection.size > 0);
  if (list.isPending) return <RowsSkeleton rows={8} height={60} />;
  if (list.isError && runs.length === 0)
    return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  const searchedTo = list.data?.pages.at(-1)?.searchedTo ?? null;
  if (runs.length === 0 && searchedTo === null) return nothing;
  return (
    <div onPointerEnter={(event) => setPointed(event.pointerType === 'mouse')} onPointerLeave={() => setPointed(false)}>
      {fresh > 0 ? (
        <Button
          className={classes.fresh ?? ''}
          size="xs"
          radius="xl"
          leftSection={<ArrowUp size={14} />}
          onClick={() => {
            showFresh();
            window.scrollTo({ top: 0 });
          }}
        >
          {plural(fresh, 'One new run', '{n} new runs')}
        </Button>
      ) : null}
      <Panel flush>
        <Rows runs={runs} selection={selection} />
        {searchedTo === null ? null : (
          <p className={classes.searched} role="status">
            {t('Searched back to {when}.', { when: formatInstant(searchedTo) })}
          </p>
        )}
        <LoadMore list={list} label={searchedTo === null ? t('Show older runs') : t('Search further back')} />
      </Panel>
    </div>
  );
}

function Rows({ runs, selection }: { runs: readonly RunSummary[]; selection: Selection }) {
  const editable = canEdit(useMe().workspace.role);
  const chosen = runs.filter(({ id }) => selection.has(id));
  const keys = useEventListener('keydown', (event: KeyboardEvent) => onKey(event, selection));
  return (
    <>
      {editable && runs.length > 0 ? (
        <div className={classes.head}>
          <Checkbox
            aria-label={t('Select all that are shown')}
            checked={chosen.length === runs.length}
            indeterminate={chosen.length > 0 && chosen.length < runs.length}
            onChange={(event) => selection.setAll(event.currentTarget.checked)}
          />
          {chosen.length > 0 ? (
            <BulkBar runs={chosen} onClear={selection.clear} />
          ) : (
            <span className={classes.hint}>{t('Arrows move, X selects, Enter opens')}</span>
          )}
        </div>
      ) : null}
      <ul className={classes.rows} ref={keys}>
        {runs.map((run) => (
          <li
            key={run.id}
            className={classes.item}
            data-run={run.id}
            data-selected={selection.has(run.id) || undefined}
          >
            {editable ? (
              <Checkbox
                className={classes.tick ?? ''}
                aria-label={t('Select the run of {name}, {when}', {
                  name: run.workflowName,
                  when: formatInstant(run.createdAt),
                })}
                checked={selection.has(run.id)}
                onChange={(event) => selection.toggle(run.id, (event.nativeEvent as MouseEvent).shiftKey)}
              />
            ) : null}
            <RunRow run={run} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Arrows go from row to row, X selects the row that has the focus, Escape selects none. */
function onKey(event: KeyboardEvent, selection: Selection): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-run]');
  const id = row?.dataset['run'];
  if (row === null || id === undefined) return;
  const next =
    event.key === 'ArrowDown' ? row.nextElementSibling : event.key === 'ArrowUp' ? row.previousElementSibling : null;
  if (next !== null) next.querySelector('a')?.focus();
  else if (event.key.toLowerCase() === 'x') selection.toggle(id, event.shiftKey);
  else if (event.key === 'Escape') selection.clear();
  else return;
  event.preventDefault();
}
