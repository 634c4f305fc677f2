import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { Link } from 'react-router';
import { itemsOnTheWay, nodeOf } from '../../../shared/engine/address.ts';
import type { RunEvent } from '../../../shared/workflow/run.ts';
import { t } from '../../i18n/t.ts';
import { useEditor, useEditorStore, useRun } from '../../stores/context.tsx';
import { formatClock } from '../../ui/format.ts';
import { usePanel, usePanels } from './context.tsx';
import { eventInWords } from './event-words.ts';
import { addressInWords } from './item-choice.ts';

const heightKey = 'mailweave.editor.log';
const bounds = { least: 120, most: 600, start: 240 } as const;

/** Everything that has happened in the run on the canvas, newest last. */
export function RunLog() {
  const panels = usePanels();
  const open = usePanel((state) => state.log);
  const runId = useRun((state) => state.runId);
  const [height, setHeight] = useState(() => Number(localStorage.getItem(heightKey)) || bounds.start);
  if (!open || runId === null) return null;
  const set = (next: number) => {
    const kept = Math.min(bounds.most, Math.max(bounds.least, next));
    setHeight(kept);
    localStorage.setItem(heightKey, String(kept));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const start = event.clientY + height;
    const edge = event.currentTarget;
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (move) => set(start - move.clientY);
    edge.onpointerup = () => {
      edge.onpointermove = null;
    };
  };
  return (
    <section className="mw-log" aria-label={t('Run log')} style={{ height }}>
      <div
        className="mw-log-edge"
        role="separator"
        aria-orientation="horizontal"
        aria-label={t('Height of the log')}
        aria-valuenow={height}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') set(height + 16);
          if (event.key === 'ArrowDown') set(height - 16);
        }}
      />
      <header>
        <strong>{t('Run log')}</strong>
        <Button variant="subtle" size="compact-sm" component={Link} to={`/runs/${runId}`}>
          {t('Open the run')}
        </Button>
        <span className="mw-header-gap" />
        <ActionIcon aria-label={t('Close the log')} onClick={() => panels.setState({ log: false })}>
          <X size={16} />
        </ActionIcon>
      </header>
      <LogLines />
    </section>
  );
}

/** A loop over a long list writes more than anybody reads; the newest are shown. */
const mostLines = 1_500;

/** The journal in words. Stays at its end unless one has scrolled up. */
export function LogLines() {
  const store = useEditorStore();
  const panels = usePanels();
  const events = useRun((state) => state.events);
  const graph = useEditor((state) => state.graph);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [events]);
  const titles = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node.title])), [graph.nodes]);
  const show = (address: string) => {
    const items = Object.fromEntries(itemsOnTheWay(address).map(({ container, index }) => [container, index]));
    panels.setState((state) => ({ items: { ...state.items, ...items } }));
    store.getState().open(nodeOf(address));
  };
  return (
    <div
      className="mw-log-lines"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={t('Events of the run')}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {events.length > mostLines ? (
        <p className="mw-log-line" data-tone="dim">
          {t('The first {value} events are not shown.', { value: events.length - mostLines })}
        </p>
      ) : null}
      {events.slice(-mostLines).flatMap((event) => {
        const address = 'node' in event ? event.node : null;
        const title = address === null ? '' : addressInWords(address, titles);
        const extra = 'log' in event ? (event.log ?? []) : [];
        return [
          ...extra.map((line, index) => (
            <div key={`${event.seq}.${index}`} className="mw-log-line" data-tone="dim">
              <time>{formatClock(line.at)}</time>
              <span>
                {title}: {line.message}
              </span>
            </div>
          )),
          <div key={event.seq} className="mw-log-line" data-tone={toneOf(event)}>
            <time>{formatClock(event.at)}</time>
            {address === null ? (
              <span>{eventInWords(event, '')}</span>
            ) : (
              <button type="button" onClick={() => show(address)}>
                {eventInWords(event, title)}
              </button>
            )}
          </div>,
        ];
      })}
    </div>
  );
}

function toneOf(event: RunEvent): string | undefined {
  if (event.copied) return 'dim';
  if (event.type === 'step.compensate_failed') return 'failed';
  if (event.type === 'mail.failed' || event.type === 'mail.uncertain') return 'failed';
  if (event.type === 'mail.sent') return 'done';
  if (event.type === 'step.failed' || event.type === 'step.uncertain') return 'failed';
  if (event.type === 'run.finished') return event.status === 'done' ? 'done' : 'failed';
  return event.type === 'step.done' ? 'done' : undefined;
}
