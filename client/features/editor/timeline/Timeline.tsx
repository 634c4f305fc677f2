import './timeline.css';
import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { useElementSize, useInterval } from '@mantine/hooks';
import { ChevronDown, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { plural, t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import { flowOrder } from '../../../stores/graph-edits.ts';
import { formatClock, formatDuration } from '../../../ui/format.ts';
import { addressInWords } from '../run/item-choice.ts';
import { useShowStep } from '../run/useShowStep.ts';
import { marksOf, rowsOf, type Row } from './rows.ts';
import { trackOf, type RunTrack } from './spans.ts';

const rowPx = 30;
/** Rows beyond what is seen that are there, for the keyboard and for quick scrolling. */
const spare = 12;
const mostZoom = 4_096;
/** Room for the names; less of it on a phone. */
const namePx = (width: number): number => (width < 560 ? 128 : 240);
/** While something goes on the picture grows this often. */
const tickMs = 1_000;

/** What each step did when, a line each. The lines are a table: names, beginnings and durations can be read as well as seen. */
export function Timeline() {
  const events = useDeferredValue(useRun((state) => state.events));
  const graph = useEditor((state) => state.graph);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState(1);
  const run = useMemo(() => trackOf(events), [events]);
  const now = useEnd(run);
  const order = useMemo(() => flowOrder(graph).map(({ id }) => id), [graph]);
  const rows = useMemo(() => rowsOf(run, order, opened, now), [run, order, opened, now]);
  if (run.from === null || rows.length === 0)
    return <p className="mw-timeline-none">{t('Nothing has happened yet.')}</p>;
  const scale = { from: run.from, length: Math.max(1, (run.to ?? now) - run.from) };
  const toggle = (id: string) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  return (
    <>
      <div className="mw-timeline-tools">
        <Legend />
        <span className="mw-header-gap" />
        <ActionIcon aria-label={t('Zoom out')} disabled={zoom <= 1} onClick={() => setZoom(Math.max(1, zoom / 2))}>
          <ZoomOut size={16} />
        </ActionIcon>
        <Button variant="subtle" size="compact-sm" disabled={zoom === 1} onClick={() => setZoom(1)}>
          {t('Fit')}
        </Button>
        <ActionIcon
          aria-label={t('Zoom in')}
          disabled={zoom >= mostZoom}
          onClick={() => setZoom(Math.min(mostZoom, zoom * 2))}
        >
          <ZoomIn size={16} />
        </ActionIcon>
      </div>
      <Lanes rows={rows} run={run} scale={scale} now={now} zoom={zoom} onToggle={toggle} />
    </>
  );
}

/** Up to when the picture goes: the end of the run, or now. */
function useEnd(run: RunTrack): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), tickMs, { autoInvoke: run.to === null });
  return run.to ?? Math.max(now, run.from ?? 0);
}

function Legend() {
  return (
    <span className="mw-timeline-legend" aria-hidden="true">
      <i data-kind="work" /> {t('works')}
      <i data-kind="wait" /> {t('waits')}
      <i data-kind="retry" /> {t('waits to try again')}
      <b /> {t('a further attempt')}
    </span>
  );
}

interface LanesProps {
  rows: readonly Row[];
  run: RunTrack;
  scale: { from: number; length: number };
  now: number;
  zoom: number;
  onToggle: (nodeId: string) => void;
}

function Lanes({ rows, run, scale, now, zoom, onToggle }: LanesProps) {
  const { ref, width, height } = useElementSize();
  const [top, setTop] = useState(0);
  const names = namePx(width);
  const track = Math.max(120, width - names) * zoom;
  const first = Math.max(0, Math.floor(top / rowPx) - spare);
  const shown = rows.slice(first, first + Math.ceil(height / rowPx) + 2 * spare);
  const place = (at: number) => ((at - scale.from) / scale.length) * 100;
  return (
    <div
      ref={ref}
      className="mw-timeline"
      role="table"
      aria-label={t('Timeline of the steps')}
      aria-rowcount={rows.length + 1}
      style={{ '--names': `${names}px` } as CSSProperties}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div className="mw-timeline-row" data-head role="row" aria-rowindex={1} style={{ width: track + names }}>
        <span className="mw-timeline-name" role="columnheader">
          {t('Step')}
        </span>
        <span className="mw-timeline-track" role="columnheader">
          <VisuallyHidden>{t('Start and duration')}</VisuallyHidden>
          {marksOf(scale.length, track / 110).map((mark) => (
            <time key={mark} aria-hidden="true" style={{ left: `${place(scale.from + mark)}%` }}>
              {formatDuration(mark)}
            </time>
          ))}
        </span>
      </div>
      <div role="rowgroup" style={{ height: rows.length * rowPx, width: track + names, position: 'relative' }}>
        {run.pauses.map((pause) => (
          <span
            key={pause.from}
            className="mw-timeline-pause"
            title={t('Paused')}
            style={{
              left: names + (place(pause.from) / 100) * track,
              width: ((place(pause.to ?? now) - place(pause.from)) / 100) * track,
            }}
          />
        ))}
        {shown.map((row, index) => (
          <Lane
            key={row.key}
            row={row}
            at={first + index}
            start={scale.from}
            now={now}
            place={place}
            onToggle={onToggle}
          />
        ))}
      </div>
    </div>
  );
}

interface LaneProps {
  row: Row;
  /** From 0, of all rows. */
  at: number;
  start: number;
  now: number;
  place: (at: number) => number;
  onToggle: (nodeId: string) => void;
}

function Lane({ row, at, start, now, place, onToggle }: LaneProps) {
  const show = useShowStep();
  const graph = useEditor((state) => state.graph);
  const selected = useEditor((state) => state.opened === row.nodeId);
  const titles = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node.title])), [graph.nodes]);
  const isGroup = row.items !== undefined;
  const name = isGroup ? (titles.get(row.nodeId) ?? row.nodeId) : addressInWords(row.address, titles);
  return (
    <div
      className="mw-timeline-row"
      role="row"
      aria-rowindex={at + 2}
      data-selected={selected || undefined}
      style={{ top: at * rowPx }}
    >
      <span
        className="mw-timeline-name"
        role="rowheader"
        style={{ paddingLeft: 12 + row.depth * 16 + (row.open === undefined && row.depth > 0 ? 24 : 0) }}
      >
        {row.open === undefined ? null : (
          <ActionIcon
            size={20}
            aria-expanded={row.open}
            aria-label={row.open ? t('Hide the items of {name}', { name }) : t('Show the items of {name}', { name })}
            onClick={() => onToggle(row.nodeId)}
          >
            {row.open ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
          </ActionIcon>
        )}
        <button type="button" data-status={row.status} onClick={() => show(row.address)} onKeyDown={onKey}>
          {name}
        </button>
        {isGroup ? <em>{t('× {n}', { n: row.items ?? 0 })}</em> : null}
      </span>
      <span className="mw-timeline-track" role="cell">
        <VisuallyHidden>{inWords(row, start, now)}</VisuallyHidden>
        {row.spans.map((span, n) => (
          <i
            key={n}
            aria-hidden="true"
            data-kind={span.kind}
            data-failed={span.failed}
            data-open={span.to === null || undefined}
            title={inWords(row, start, now)}
            style={{ left: `${place(span.from)}%`, width: `${place(span.to ?? now) - place(span.from)}%` }}
          />
        ))}
        {row.retries.map((retry) => (
          <b key={retry} aria-hidden="true" style={{ left: `${place(retry)}%` }} />
        ))}
      </span>
    </div>
  );
}

/** Arrows go to the name in the line above or below. */
function onKey(event: KeyboardEvent<HTMLButtonElement>): void {
  const row = event.currentTarget.closest('.mw-timeline-row');
  const next =
    event.key === 'ArrowDown' ? row?.nextElementSibling : event.key === 'ArrowUp' ? row?.previousElementSibling : null;
  const button = next?.querySelector<HTMLElement>('button[data-status]');
  if (!button) return;
  event.preventDefault();
  button.focus();
}

/** “Began after 1.2 s (14:03:07.250), worked 2 s, waited 3 h, 2 attempts, failed”. */
function inWords(row: Row, start: number, now: number): string {
  if (row.status === 'kept') return t('kept from the earlier run');
  const parts = [
    t('began after {after} ({clock})', { after: formatDuration(row.from - start), clock: formatClock(row.from) }),
    row.to === null
      ? t('under way for {time}', { time: formatDuration(now - row.from) })
      : t('took {time}', { time: formatDuration(row.to - row.from) }),
  ];
  if (row.waitMs > 0) parts.push(t('waited {time}', { time: formatDuration(row.waitMs) }));
  if (row.attempts > 1) parts.push(plural(row.attempts, '{n} attempt', '{n} attempts'));
  if (row.status === 'failed') parts.push(t('failed'));
  if (row.status === 'uncertain') parts.push(t('outcome unknown'));
  return parts.join(', ');
}
