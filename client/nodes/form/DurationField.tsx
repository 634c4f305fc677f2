import { Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { NumberField } from './NumberField.tsx';
import { inputProps } from './TextField.tsx';

const units = [
  { value: '1', label: t('ms'), ms: 1 },
  { value: '1000', label: t('seconds'), ms: 1_000 },
  { value: '60000', label: t('minutes'), ms: 60_000 },
  { value: '3600000', label: t('hours'), ms: 3_600_000 },
  { value: '86400000', label: t('days'), ms: 86_400_000 },
];

/** The largest unit that shows the value without a fraction. */
function unitOf(ms: number): number {
  return units.findLast((unit) => ms > 0 && ms % unit.ms === 0)?.ms ?? 1_000;
}

/** Milliseconds as a number and a unit. Where a unit stands beside it as a setting of its own, only the number. */
export function DurationField(props: FieldWidgetProps) {
  const { readOnly, config } = useFormContext();
  const ms = typeof props.value === 'number' ? props.value : 0;
  const [unit, setUnit] = useState(() => unitOf(ms));
  if ('unit' in config) return <NumberField {...props} />;
  return (
    <Group align="flex-end" gap={8} wrap="nowrap">
      <NumberInput
        {...inputProps(props)}
        flex={1}
        min={0}
        value={ms / unit}
        readOnly={readOnly}
        onChange={(next) => typeof next === 'number' && props.onChange(Math.round(next * unit))}
      />
      <Select
        w={112}
        aria-label={t('{label}, unit', { label: props.label })}
        data={units.map(({ value, label }) => ({ value, label }))}
        value={String(unit)}
        allowDeselect={false}
        readOnly={readOnly}
        onChange={(next) => {
          if (next === null) return;
          props.onChange(Math.round((ms / unit) * Number(next)));
          setUnit(Number(next));
        }}
      />
    </Group>
  );
}
