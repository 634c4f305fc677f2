import { Group, Input, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { evaluate } from '../../../shared/engine/bind.ts';
import { t } from '../../i18n/t.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { MailFrame } from '../../ui/MailFrame.tsx';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { asString } from './TextField.tsx';

/** HTML with Liquid, and how it looks with the values that are known now. */
export function HtmlField(props: FieldWidgetProps) {
  const { scope } = useFormContext();
  const [view, setView] = useState<'edit' | 'look'>('edit');
  const text = asString(props.value);
  const result = view === 'look' ? evaluate(text, 'html', scope, props.path) : null;
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Input.Label component="div">{props.label}</Input.Label>
        <SegmentedControl
          size="xs"
          value={view}
          aria-label={t('{label}: edit or preview', { label: props.label })}
          onChange={(next) => setView(next === 'look' ? 'look' : 'edit')}
          data={[
            { value: 'edit', label: t('Edit') },
            { value: 'look', label: t('Preview') },
          ]}
        />
      </Group>
      {result?.ok ? (
        <MailFrame html={String(result.value)} title={t('{label}, preview', { label: props.label })} height={280} />
      ) : null}
      {view === 'edit' || result?.ok === false ? (
        <ExpressionField {...props} schema={{ rows: 8, ...props.schema }} multiline bare />
      ) : null}
    </div>
  );
}
