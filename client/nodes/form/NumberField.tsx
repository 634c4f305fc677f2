import { NumberInput } from '@mantine/core';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { typeOf } from './schema.ts';
import { inputProps } from './TextField.tsx';

export function NumberField(props: FieldWidgetProps) {
  const { readOnly, focusField } = useFormContext();
  const { schema, value, onChange } = props;
  const { type, nullable } = typeOf(schema);
  const bounds = schema.anyOf?.find((one) => one.type !== 'null') ?? schema;
  return (
    <NumberInput
      {...inputProps(props)}
      value={typeof value === 'number' ? value : ''}
      allowDecimal={type === 'number'}
      {...(bounds.minimum === undefined ? {} : { min: bounds.minimum })}
      {...(bounds.maximum === undefined || bounds.maximum >= Number.MAX_SAFE_INTEGER ? {} : { max: bounds.maximum })}
      readOnly={readOnly}
      autoFocus={focusField === props.path}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next);
        else if (next === '' && nullable) onChange(null);
      }}
    />
  );
}
