import { Textarea } from '@mantine/core';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { asString, inputProps } from './TextField.tsx';

export function CodeTextField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  if (props.schema.expression !== undefined)
    return <ExpressionField {...props} schema={{ rows: 8, ...props.schema }} multiline />;
  return (
    <Textarea
      {...inputProps(props)}
      value={asString(props.value)}
      rows={props.schema.rows ?? 8}
      readOnly={readOnly}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
