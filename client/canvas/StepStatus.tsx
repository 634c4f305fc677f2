import { Check, CircleDashed, Clock, LoaderCircle, RotateCcw, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { StepStatus as Status } from '../../shared/workflow/run.ts';
import { language } from '../i18n/language.ts';
import { plural, t, translate } from '../i18n/t.ts';
import { useRun } from '../stores/context.tsx';
import type { ItemCounts, LoopView, StepView } from '../stores/run-views.ts';
import { creditsInWords, formatDuration, formatInstant } from '../ui/format.ts';
import { waitingInWords } from '../ui/waiting.ts';

/** How a status reads in words; colour and shape are never the only sign. */
export const statusWords: Record<Status, string> = {
  pending: t('waiting for its turn'),
  running: 'running',
  retrying: t('trying again'),
  waiting: 'waiting',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  uncertain: t('needs a decision'),
};

export function StatusIcon({ status, size = 18 }: { status: Status; size?: number }) {
  const inner = Math.round(size * 0.62);
  switch (status) {
    case 'done':
      return (
        <span className="mw-status mw-status-disc" data-status="done" style={{ width: size, height: size }}>
          <Check size={inner} strokeWidth={3} aria-hidden="true" />
        </span>
      );
    case 'failed':
      return (
        <span className="mw-status mw-status-disc" data-status="failed" style={{ width: size, height: size }}>
          <X size={inner} strokeWidth={3} aria-hidden="true" />
        </span>
      );
    case 'running':
      return <LoaderCircle className="mw-status mw-spin" data-status="running" size={size} aria-hidden="true" />;
    case 'retrying':
      return <RotateCcw className="mw-status" data-status="retrying" size={size - 2} aria-hidden="true" />;
    case 'waiting':
      return <Clock className="mw-status" data-status="waiting" size={size - 1} aria-hidden="true" />;
    case 'uncertain':
      return <TriangleAlert className="mw-status" data-status="uncertain" size={size - 1} aria-hidden="true" />;
    case 'skipped':
    case 'pending':
      return <CircleDashed className="mw-status" data-status={status} size={size - 2} aria-hidden="true" />;
  }
}

/** The 18 px at the right edge of a step. The space is reserved, so that nothing moves. */
export function StepStatus({ id, problem, label }: { id: string; problem: string; label: string }) {
  const step = useRun((state) => state.steps[id]);
  const mark = useRef<HTMLSpanElement>(null);
  const words = step === undefined ? (problem === 'error' ? t('needs attention') : '') : statusWords[step.status];
  useEffect(() => {
    // The label of a step belongs to React Flow's wrapper. Writing the status there by hand keeps node objects unchanged during a run.
    mark.current?.closest('.react-flow__node')?.setAttribute('aria-label', words === '' ? label : `${label}, ${words}`);
  }, [words, label]);
  return (
    <span className="mw-step-status" ref={mark}>
      {step !== undefined ? (
        <StatusIcon status={step.status} />
      ) : problem !== '' ? (
        <TriangleAlert
          className="mw-status"
          data-status={problem === 'error' ? 'attention' : 'warning'}
          size={17}
          aria-hidden="true"
        />
      ) : null}
    </span>
  );
}

export interface SecondLineText {
  text: string;
  kind: 'result' | 'error' | 'partial';
}

/** What a run writes into the second line of a step, instead of its summary; null: the summary stays. */
export function useSecondLine(id: string): SecondLineText | null {
  const step = useRun((state) => state.steps[id]);
  const partial = useRun((state) => state.partial[id]);
  if (partial !== undefined) return { text: partial.slice(-60), kind: 'partial' };
  return step === undefined ? null : lineOf(step);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What stands in the second line of a container: how far it is. */
function loopLine(
  { count, done, failed, openedAt, at }: LoopView,
  { status, ms, costMicro, error }: StepView,
): SecondLineText {
  const through = done + failed;
  const failures = failed > 0 ? t('{failed} failed', { failed }) : '';
  if (status === 'failed' && error !== undefined) return { text: translate(error.message), kind: 'error' };
  const seconds = (at - openedAt) / 1_000;
  const rate = status === 'running' && through > 2 && seconds > 1 ? through / seconds : 0;
  const parts =
    status === 'running' || status === 'retrying' || status === 'waiting'
      ? [
          t('{through} of {count}', { through, count }),
          rate > 0 ? t('{rate} a second', { rate: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate) }) : '',
          rate > 0 && through < count
            ? t('{duration} left', { duration: formatDuration(((count - through) / rate) * 1_000) })
            : '',
        ]
      : [
          plural(count, '{n} item', '{n} items'),
          ms === undefined ? '' : formatDuration(ms),
          costMicro > 0 ? creditsInWords(costMicro) : '',
        ];
  return { text: [...parts, failures].filter(Boolean).join(' · '), kind: failed > 0 ? 'error' : 'result' };
}

/** “12 done · 1 failed”: how a step inside a container stands with its items. */
export function countsInWords({ of }: ItemCounts): string {
  return countOrder
    .flatMap((status) =>
      of[status] === undefined ? [] : [`${of[status].toLocaleString(language)} ${statusWords[status]}`],
    )
    .join(' · ');
}

const countOrder = ['running', 'retrying', 'waiting', 'uncertain', 'failed', 'done', 'skipped'] as const;

function lineOf(step: StepView): SecondLineText | null {
  if (step.loop !== undefined) return loopLine(step.loop, step);
  if (step.items !== undefined) {
    const failed = step.items.of.failed !== undefined || step.items.of.uncertain !== undefined;
    return { text: countsInWords(step.items), kind: failed ? 'error' : 'result' };
  }
  switch (step.status) {
    case 'done': {
      const parts = [
        step.ms === undefined ? '' : formatDuration(step.ms),
        step.costMicro > 0 ? creditsInWords(step.costMicro) : '',
      ];
      const text = parts.filter(Boolean).join(' · ');
      return text === '' ? null : { text, kind: 'result' };
    }
    case 'failed':
    case 'uncertain':
      return { text: translate(step.error?.message ?? '') || statusWords[step.status], kind: 'error' };
    case 'retrying':
      return { text: t('Trying again, attempt {n}', { n: step.attempt + 1 }), kind: 'error' };
    case 'waiting':
      return {
        text:
          step.wait === undefined
            ? t('Waiting')
            : sentence(waitingInWords(step.wait, (at) => formatInstant(new Date(at).toISOString()))),
        kind: 'result',
      };
    case 'skipped':
      return { text: t('Skipped'), kind: 'result' };
    case 'running':
    case 'pending':
      return null;
  }
}
