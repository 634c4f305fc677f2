import { Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Parameter } from './parameters.ts';

export interface ParameterFieldProps {
  parameter: Parameter;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
}

const inputTypes: Partial<Record<Parameter['type'], string>> = {
  email: 'email',
  url: 'url',
  number: 'number',
  time: 'time',
};

/** The input for one blank of a template, by its type. */
export function ParameterField({ parameter, value, onChange, error }: ParameterFieldProps) {
  const common = {
    label: parameter.label,
    description: parameter.help,
    withAsterisk: parameter.required,
    error,
    value,
  };
  if (parameter.type === 'select') {
    return (
      <Select
        {...common}
        data={parameter.options ?? []}
        searchable={(parameter.options?.length ?? 0) > 12}
        allowDeselect={!parameter.required}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  if (parameter.type === 'textarea') {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={inputTypes[parameter.type] ?? 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
