import { ActionIcon, Select, Switch } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy, Download } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import { useShowStep } from '../run/useShowStep.ts';
import { asText, clockOf, isShown, linesOf, type Level, type Line, type LogFilter } from './lines.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

/** A loop over a long list writes more than anybody reads; the newest are shown. */
const mostLines = 1_500;

const levelWords: Record<Level, string> = {
  all: t('Everything'),
  said: t('Messages and problems'),
  problems: t('Problems'),
};

/** The journal in words, as it is written. Follows its end until one scrolls up or switches that off. */
export function LogLines() {
  const events = useRun((state) => state.events);
  const runId = useRun((state) => state.runId);
  const graph = useEditor((state) => state.graph);
  const [filter, setFilter] = useState<LogFilter>({ level: 'all', nodeId: null });
  const [follow, setFollow] = useState(true);
  const titles = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node.title])), [graph.nodes]);
  const all = filter.level === 'all' && filter.nodeId === null;
  // Without a filter the oldest need not even be put into words.
  const read = () => (all ? events.slice(-mostLines) : events).flatMap((event) => linesOf(event, titles));
  const fitting = read().filter((line) => isShown(line, filter));
  const shown = fitting.slice(-2 * mostLines);
  const whole = () => asText(events.flatMap((event) => linesOf(event, titles)).filter((line) => isShown(line, filter)));
  const hidden = all ? Math.max(0, events.length - mostLines) : fitting.length - shown.length;
  return (
    <>
      <div className="mw-log-tools">
        <Select
          aria-label={t('What is shown')}
          size="xs"
          data={(Object.keys(levelWords) as Level[]).map((value) => ({ value, label: levelWords[value] }))}
          value={filter.level}
          allowDeselect={false}
          onChange={(level) => setFilter({ ...filter, level: (level ?? 'all') as Level })}
        />
        <Select
          aria-label={t('Step')}
          placeholder={t('All steps')}
          size="xs"
          data={graph.nodes.map(({ id, title }) => ({ value: id, label: title }))}
          value={filter.nodeId}
          clearable
          searchable
          onChange={(nodeId) => setFilter({ ...filter, nodeId })}
        />
        <Switch
          size="xs"
          label={t('Follow')}
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
        <span className="mw-header-gap" />
        <TakeAway text={whole} name={`mailweave-run-${runId ?? ''}.log`} />
      </div>
      <Lines lines={shown} hidden={hidden} follow={follow} onFollow={setFollow} />
    </>
  );
}

/** The lines to the clipboard, or into a file. */
function TakeAway({ text, name }: { text: () => string; name: string }) {
  const clipboard = useClipboard({ timeout: 1_500 });
  const save = () => {
    const url = URL.createObjectURL(new Blob([text()], { type: 'text/plain;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: name });
    link.click();
    URL.revokeObjectURL(url);
  };
  const copied = clipboard.copied ? t('Copied') : t('Copy the log');
  return (
    <>
      <Tooltip label={copied}>
        <ActionIcon aria-label={copied} onClick={() => clipboard.copy(text())}>
          {clipboard.copied ? <Check size={16} /> : <Copy size={16} />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('Download the log')}>
        <ActionIcon aria-label={t('Download the log')} onClick={save}>
          <Download size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

interface LinesProps {
  lines: readonly Line[];
  hidden: number;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}

function Lines({ lines, hidden, follow, onFollow }: LinesProps) {
  const show = useShowStep();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, follow]);
  return (
    <div
      className="mw-log-lines"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={t('Events of the run')}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        const atEnd = scrollHeight - scrollTop - clientHeight < 24;
        if (atEnd !== follow) onFollow(atEnd);
      }}
    >
      {hidden > 0 ? (
        <p className="mw-log-line" data-tone="dim">
          {t('The first {value} events are not shown.', { value: hidden })}
        </p>
      ) : null}
      {lines.length === 0 ? (
        <p className="mw-log-line" data-tone="dim">
          {t('Nothing of this kind so far.')}
        </p>
      ) : null}
      {lines.map((line) => (
        <div key={line.key} className="mw-log-line" data-tone={line.tone === 'plain' ? undefined : line.tone}>
          <time>{clockOf(line)}</time>
          {line.address === null || line.said ? (
            <span>{line.text}</span>
          ) : (
            <button type="button" onClick={() => show(line.address ?? '')}>
              {line.text}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
