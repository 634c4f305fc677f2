import { Select } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { asString, inputProps } from './TextField.tsx';

/** One of the workspace's workflows. A choice that is gone, or not loaded, keeps its place by its id. */
export function WorkflowField(props: FieldWidgetProps) {
  const { readOnly, workflows } = useFormContext();
  const { workflowWith, placeholder } = props.schema;
  const value = asString(props.value);
  const offered = workflows.filter(
    ({ id, nodeKinds }) => id === value || workflowWith === undefined || nodeKinds.includes(workflowWith),
  );
  const data = offered.map(({ id, name }) => ({ value: id, label: name }));
  const isMissing = value !== '' && !data.some((option) => option.value === value);
  return (
    <Select
      {...inputProps(props)}
      data={isMissing ? [...data, { value, label: t('A workflow that is not there (any more)') }] : data}
      value={value === '' ? null : value}
      placeholder={placeholder ?? t('Choose a workflow')}
      nothingFoundMessage={workflowWith === undefined ? t('No workflow') : t('No workflow that can be called')}
      clearable
      searchable={data.length > 8}
      readOnly={readOnly}
      onChange={(chosen) => props.onChange(chosen ?? '')}
    />
  );
}
