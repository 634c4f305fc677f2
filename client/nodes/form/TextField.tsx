import { Textarea, TextInput } from '@mantine/core';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';

/** What all plain inputs say about themselves. */
export function inputProps({ label, schema, problems, path }: FieldWidgetProps) {
  return {
    label,
    description: schema.description,
    error: problems[0]?.message,
    placeholder: schema.placeholder,
    'data-field': path,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
  };
}

export function TextField(props: FieldWidgetProps) {
  const { readOnly, focusField } = useFormContext();
  if (props.schema.expression !== undefined) return <ExpressionField {...props} multiline={false} />;
  return (
    <TextInput
      {...inputProps(props)}
      value={asString(props.value)}
      readOnly={readOnly}
      autoFocus={focusField === props.path}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function TextareaField(props: FieldWidgetProps) {
  const { readOnly, focusField } = useFormContext();
  if (props.schema.expression !== undefined) return <ExpressionField {...props} multiline />;
  return (
    <Textarea
      {...inputProps(props)}
      value={asString(props.value)}
      rows={props.schema.rows ?? 4}
      readOnly={readOnly}
      autoFocus={focusField === props.path}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

export function asString(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}
