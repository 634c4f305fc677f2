import { Switch } from '@mantine/core';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';

export function SwitchField({ label, schema, value, onChange, problems, path }: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  return (
    <Switch
      label={label}
      description={schema.description}
      error={problems[0]?.message}
      checked={value === true}
      disabled={readOnly}
      data-field={path}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
