import { ActionIcon, Button } from '@mantine/core';
import {
  ArrowDown,
  ArrowRight,
  Eye,
  Network,
  Play,
  Plus,
  Redo2,
  ScrollText,
  Square,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { RunStatus } from '../../../../shared/workflow/run.ts';
import { rich } from '../../../i18n/rich.tsx';
import { plural, t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { usePanels } from '../context.tsx';
import { tidy, turn } from '../edits.ts';
import { stepsInNeed } from '../problems.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

export interface ToolbarProps {
  phone: boolean;
  starting: boolean;
  onRun: () => void;
  onStop: () => void;
  onPreview: () => void;
}

/** The pill at the top: undo, redo, tidy, direction, preview, run. */
export function Toolbar({ phone, starting, onRun, onStop, onPreview }: ToolbarProps) {
  const store = useEditorStore();
  const panels = usePanels();
  const readOnly = useEditor((state) => state.readOnly);
  const empty = useEditor((state) => state.graph.nodes.length === 0);
  const direction = useEditor((state) => state.graph.direction);
  const undoLabel = useEditor((state) => state.history.past.at(-1)?.label ?? null);
  const redoLabel = useEditor((state) => state.history.future.at(-1)?.label ?? null);
  const status = useRun((state) => state.status);
  const running = isUnderWay(status);
  return (
    <div className="mw-pill mw-toolbar" role="toolbar" aria-label={t('Workflow')}>
      {readOnly ? null : (
        <>
          <Tool
            label={undoLabel === null ? t('Undo') : t('Undo: {undoLabel}', { undoLabel })}
            disabled={undoLabel === null}
            onClick={() => store.getState().undo()}
          >
            <Undo2 size={18} />
          </Tool>
          <Tool
            label={redoLabel === null ? t('Redo') : t('Redo: {redoLabel}', { redoLabel })}
            disabled={redoLabel === null}
            onClick={() => store.getState().redo()}
          >
            <Redo2 size={18} />
          </Tool>
          <Tool label={t('Tidy up')} disabled={empty} onClick={() => tidy(store)}>
            <Network size={18} />
          </Tool>
          {phone ? (
            <Tool label={t('Add a step')} onClick={() => panels.setState({ palette: true })}>
              <Plus size={19} />
            </Tool>
          ) : (
            <Tool
              label={direction === 'down' ? t('Flow to the right') : t('Flow downwards')}
              disabled={empty}
              onClick={() => turn(store)}
            >
              {direction === 'down' ? <ArrowRight size={18} /> : <ArrowDown size={18} />}
            </Tool>
          )}
        </>
      )}
      {status === null ? null : (
        <Tool label={t('Run log')} onClick={() => panels.setState((state) => ({ log: !state.log }))}>
          <ScrollText size={18} />
        </Tool>
      )}
      <Button
        variant="default"
        className="mw-round"
        aria-label={t('Preview')}
        leftSection={<Eye size={16} />}
        data-icon-only={phone || undefined}
        disabled={empty}
        onClick={onPreview}
      >
        {phone ? '' : t('Preview')}
      </Button>
      {running ? (
        <Button
          color="red.9"
          className="mw-round"
          leftSection={<Square size={13} fill="currentColor" />}
          onClick={onStop}
        >
          {rich('Stop {elapsed}', { elapsed: <Elapsed /> })}
        </Button>
      ) : (
        <Button
          className="mw-round"
          leftSection={<Play size={15} fill="currentColor" />}
          loading={starting}
          disabled={empty || readOnly}
          onClick={onRun}
        >
          {t('Run')}
        </Button>
      )}
    </div>
  );
}

export function isUnderWay(status: RunStatus | null): boolean {
  return status === 'queued' || status === 'running' || status === 'waiting';
}

function Tool({
  label,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={36}
        radius="xl"
        aria-label={label}
        aria-disabled={disabled}
        {...(disabled ? { 'data-disabled': true } : {})}
        onClick={() => !disabled && onClick()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function Elapsed() {
  const startedAt = useRun((state) => state.startedAt);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (startedAt === null || now - startedAt < 1_000) return null;
  return <span className="mw-elapsed">{formatDuration(Math.floor((now - startedAt) / 1_000) * 1_000)}</span>;
}

/** "2 steps need attention": a click goes to the next of them. */
export function ProblemCount({ onShow }: { onShow: (id: string, field: string | undefined) => void }) {
  const problems = useEditor((state) => state.problems);
  const opened = useEditor((state) => state.opened);
  const steps = stepsInNeed(problems);
  const loose = problems.filter((one) => one.severity === 'error' && one.nodeId === undefined);
  if (steps.length === 0 && loose.length === 0) return null;
  const text =
    steps.length === 0
      ? (loose[0]?.message ?? '')
      : plural(steps.length, '1 step needs attention', '{n} steps need attention');
  return (
    <button
      type="button"
      className="mw-problems"
      onClick={() => {
        const next = steps[(steps.indexOf(opened ?? '') + 1) % Math.max(1, steps.length)];
        if (next !== undefined)
          onShow(next, problems.find((one) => one.nodeId === next && one.severity === 'error')?.field);
      }}
    >
      <TriangleAlert size={14} aria-hidden="true" />
      {text}
    </button>
  );
}
