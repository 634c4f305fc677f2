import { Input, SegmentedControl, Select } from '@mantine/core';
import { scalarText } from '../expression/scope.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { optionsOf } from './schema.ts';
import { inputProps } from './TextField.tsx';

export function SelectField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  const options = optionsOf(props.schema);
  return (
    <Select
      {...inputProps(props)}
      data={options}
      value={scalarText(props.value ?? '')}
      allowDeselect={false}
      searchable={options.length > 10}
      readOnly={readOnly}
      onChange={(value) => value !== null && props.onChange(value)}
    />
  );
}

export function SegmentedField({ label, schema, value, onChange, problems, path }: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  return (
    <Input.Wrapper
      label={label}
      description={schema.description}
      error={problems[0]?.message}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      labelElement="div"
      data-field={path}
    >
      <SegmentedControl
        fullWidth
        mt={4}
        mb={schema.description ? 4 : 0}
        data={optionsOf(schema)}
        value={scalarText(value ?? '')}
        readOnly={readOnly}
        aria-label={label}
        onChange={onChange}
      />
    </Input.Wrapper>
  );
}
