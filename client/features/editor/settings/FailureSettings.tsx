import { Collapse, Group, Input, NumberInput, SegmentedControl, Stack, Switch, UnstyledButton } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { OnError, RetryPolicy, WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { dropDanglingEdges, setNodeOption } from '../../../stores/graph-edits.ts';

const onErrorLabels: { value: OnError; label: string }[] = [
  { value: 'stop', label: t('Stop') },
  { value: 'continue', label: t('Go on') },
  { value: 'port', label: t('Own way') },
];
const onErrorTexts: Record<OnError, string> = {
  stop: t('The run ends as failed.'),
  continue: t('The run goes on as if it had worked; the error is its output.'),
  port: t('The run goes on along the red output of the step.'),
};
type OnUnknown = NonNullable<WorkflowNode['onUnknown']>;
const onUnknownLabels: { value: OnUnknown; label: string }[] = [
  { value: 'repeat', label: t('Do it again') },
  { value: 'ask', label: t('Ask me') },
];
const onUnknownTexts: Record<OnUnknown, string> = {
  repeat: t('Nothing is lost; in rare cases it happens twice, under the same key or Message-ID.'),
  ask: t('Nothing happens twice: the run waits until somebody says what became of it.'),
};
const firstRetry: RetryPolicy = { attempts: 3, delayMs: 2_000, factor: 2 };

/** Retry, timeout and what happens when a step fails for good. */
export function FailureSettings({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const [open, setOpen] = useState(
    node.retry !== undefined ||
      node.timeoutMs !== undefined ||
      (node.onError ?? 'stop') !== 'stop' ||
      node.onUnknown === 'ask',
  );
  const set = <K extends 'retry' | 'timeoutMs' | 'onError' | 'onUnknown'>(key: K, value: WorkflowNode[K] | undefined) =>
    store
      .getState()
      .change(
        t('Change what happens on failure'),
        (graph) => dropDanglingEdges(setNodeOption(graph, node.id, key, value), store.catalogue),
        `failure:${node.id}:${key}`,
      );
  const onError = node.onError ?? 'stop';
  return (
    <section className="mw-failure">
      <UnstyledButton className="mw-section" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('When it fails')}
        <ChevronDown size={15} style={{ rotate: open ? '180deg' : '0deg' }} />
      </UnstyledButton>
      <Collapse expanded={open}>
        <Stack gap={14} pt={12}>
          <Choice
            label={t('In the end')}
            data={onErrorLabels}
            texts={onErrorTexts}
            value={onError}
            readOnly={readOnly}
            onChange={(next) => set('onError', next === 'stop' ? undefined : next)}
          />
          {store.catalogue.get(node.kind)?.effect === 'irreversible' ? (
            <Choice
              label={t('Unknown whether it happened')}
              data={onUnknownLabels}
              texts={onUnknownTexts}
              value={node.onUnknown ?? 'repeat'}
              readOnly={readOnly}
              onChange={(next) => set('onUnknown', next === 'repeat' ? undefined : next)}
            />
          ) : null}
          <Switch
            label={t('Try again')}
            checked={node.retry !== undefined}
            disabled={readOnly}
            onChange={(event) => set('retry', event.currentTarget.checked ? firstRetry : undefined)}
          />
          {node.retry === undefined ? null : (
            <Retry retry={node.retry} readOnly={readOnly} onChange={(retry) => set('retry', retry)} />
          )}
          <NumberInput
            label={t('Time limit (seconds)')}
            placeholder={t('none')}
            min={0.1}
            max={86_400}
            value={node.timeoutMs === undefined ? '' : node.timeoutMs / 1_000}
            readOnly={readOnly}
            onChange={(next) =>
              set('timeoutMs', typeof next === 'number' && next >= 0.1 ? Math.round(next * 1_000) : undefined)
            }
          />
        </Stack>
      </Collapse>
    </section>
  );
}

/** One of few, with a sentence about the one that is chosen. */
function Choice<V extends string>(props: {
  label: string;
  data: { value: V; label: string }[];
  texts: Record<V, string>;
  value: V;
  readOnly: boolean;
  onChange: (value: V) => void;
}) {
  const { label, data, texts, value, readOnly, onChange } = props;
  return (
    <Input.Wrapper
      label={label}
      description={texts[value]}
      inputWrapperOrder={['label', 'input', 'description']}
      labelElement="div"
    >
      <SegmentedControl
        fullWidth
        my={4}
        aria-label={label}
        data={data}
        value={value}
        readOnly={readOnly}
        onChange={(next) => onChange(next)}
      />
    </Input.Wrapper>
  );
}

function Retry({
  retry,
  readOnly,
  onChange,
}: {
  retry: RetryPolicy;
  readOnly: boolean;
  onChange: (retry: RetryPolicy) => void;
}) {
  const number = (value: string | number, then: (value: number) => void) => {
    if (typeof value === 'number' && Number.isFinite(value)) then(value);
  };
  return (
    <Group gap={8} grow align="flex-end">
      <NumberInput
        label={t('Attempts')}
        min={1}
        max={20}
        allowDecimal={false}
        clampBehavior="strict"
        value={retry.attempts}
        readOnly={readOnly}
        onChange={(v) => number(v, (attempts) => onChange({ ...retry, attempts: Math.max(1, attempts) }))}
      />
      <NumberInput
        label={t('Wait (s)')}
        min={0}
        max={3_600}
        clampBehavior="strict"
        value={retry.delayMs / 1_000}
        readOnly={readOnly}
        onChange={(v) => number(v, (s) => onChange({ ...retry, delayMs: Math.round(s * 1_000) }))}
      />
      <NumberInput
        label={t('Times')}
        min={1}
        max={10}
        clampBehavior="strict"
        value={retry.factor}
        readOnly={readOnly}
        onChange={(v) => number(v, (factor) => onChange({ ...retry, factor: Math.max(1, factor) }))}
      />
    </Group>
  );
}
