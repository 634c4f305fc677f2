import { Collapse, Group, NumberInput, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { StepLimit, WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { limitInWords } from '../../../../shared/workflow/limit.ts';
import { t, translate } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { setNodeOption } from '../../../stores/graph-edits.ts';

/** How often a step may begin and how many of it may be at work at once, over all runs of the workflow. */
export function LimitSettings({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const problem = useEditor((state) =>
    state.problems.find(({ nodeId, field }) => nodeId === node.id && field === 'limit.key'),
  );
  const [open, setOpen] = useState(node.limit !== undefined);
  const limit: StepLimit = node.limit ?? {};
  const set = (next: StepLimit) => {
    const isLimit = next.perMinute !== undefined || next.concurrency !== undefined;
    store
      .getState()
      .change(
        t('Change how often it runs'),
        (graph) => setNodeOption(graph, node.id, 'limit', isLimit ? next : undefined),
        `limit:${node.id}`,
      );
  };
  return (
    <section className="mw-failure">
      <UnstyledButton className="mw-section" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('How often it may run')}
        <ChevronDown size={15} style={{ rotate: open ? '180deg' : '0deg' }} />
      </UnstyledButton>
      <Collapse expanded={open}>
        <Stack gap={14} pt={12}>
          <Group gap={8} grow align="flex-end">
            <Count
              label={t('A minute')}
              most={100_000}
              value={limit.perMinute}
              readOnly={readOnly}
              onChange={(perMinute) => set(without(limit, 'perMinute', perMinute))}
            />
            <Count
              label={t('At once')}
              most={10_000}
              value={limit.concurrency}
              readOnly={readOnly}
              onChange={(concurrency) => set(without(limit, 'concurrency', concurrency))}
            />
          </Group>
          {node.limit === undefined ? null : (
            <TextInput
              label={t('For each')}
              description={t('Steps for which this reads the same share the limit. Empty: all runs of this step do.')}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              placeholder="{{ input.customer }}"
              maxLength={500}
              value={limit.key ?? ''}
              error={problem?.message}
              readOnly={readOnly}
              onChange={(event) => set(without(limit, 'key', event.currentTarget.value || undefined))}
            />
          )}
          <Text size="sm" c="dimmed">
            {translate(limitInWords(limit))}.
            {node.limit === undefined ? '' : ` ${t('Who comes first goes first; the others wait for their turn.')}`}
          </Text>
        </Stack>
      </Collapse>
    </section>
  );
}

function Count(props: {
  label: string;
  most: number;
  value: number | undefined;
  readOnly: boolean;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <NumberInput
      label={props.label}
      placeholder={t('no limit')}
      min={1}
      max={props.most}
      allowDecimal={false}
      value={props.value ?? ''}
      readOnly={props.readOnly}
      onChange={(next) => {
        if (next === '') props.onChange(undefined);
        else if (typeof next === 'number' && next >= 1 && next <= props.most) props.onChange(Math.floor(next));
      }}
    />
  );
}

/** The limit with one part changed, or without it. */
function without<K extends keyof StepLimit>(limit: StepLimit, key: K, value: StepLimit[K]): StepLimit {
  const { [key]: _old, ...rest } = limit;
  return value === undefined ? rest : { ...rest, [key]: value };
}
