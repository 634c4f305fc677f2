import { TextInput } from '@mantine/core';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { asString, inputProps } from './TextField.tsx';

/** A date or date-time. One that may come from an earlier step is an expression; a fixed one is the browser's own picker. */
export function DateTimeField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  if (props.schema.expression !== undefined) return <ExpressionField {...props} multiline={false} />;
  const value = asString(props.value);
  const dateOnly = props.schema.placeholder === 'YYYY-MM-DD' || /date$/i.test(props.path);
  return (
    <TextInput
      {...inputProps(props)}
      type={dateOnly ? 'date' : 'datetime-local'}
      value={value}
      readOnly={readOnly}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
