import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { PointerEvent } from 'react';
import { Link } from 'react-router';
import { t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import { usePanel, usePanels } from '../context.tsx';
import { LogLines } from '../log/LogLines.tsx';

const Timeline = lazy(async () => ({ default: (await import('../timeline/Timeline.tsx')).Timeline }));

const heightKey = 'mailweave.editor.log';
const bounds = { least: 120, most: 600, start: 240 } as const;

/** Everything that has happened in the run on the canvas: in words, newest last, or as a timeline. */
export function RunLog() {
  const panels = usePanels();
  const open = usePanel((state) => state.log);
  const view = usePanel((state) => state.logView);
  const runId = useRun((state) => state.runId);
  const readOnly = useEditor((state) => state.readOnly);
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
        <div className="mw-log-tabs" role="tablist" aria-label={t('Run log')}>
          {(['log', 'timeline'] as const).map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={view === one}
              onClick={() => panels.setState({ logView: one })}
            >
              {one === 'log' ? t('Run log') : t('Timeline')}
            </button>
          ))}
        </div>
        {/* On the run's own page it would lead nowhere. */}
        {readOnly ? null : (
          <Button variant="subtle" size="compact-sm" component={Link} to={`/runs/${runId}`}>
            {t('Open the run')}
          </Button>
        )}
        <span className="mw-header-gap" />
        <ActionIcon aria-label={t('Close the log')} onClick={() => panels.setState({ log: false })}>
          <X size={16} />
        </ActionIcon>
      </header>
      {view === 'log' ? (
        <LogLines />
      ) : (
        <Suspense fallback={<Skeleton height={90} mx={16} width="auto" />}>
          <Timeline />
        </Suspense>
      )}
    </section>
  );
}
