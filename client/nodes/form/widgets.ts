import { CasesField } from './CasesField.tsx';
import { CodeTextField } from './CodeTextField.tsx';
import type { FormWidgets } from './context.ts';
import { DateTimeField } from './DateTimeField.tsx';
import { DurationField } from './DurationField.tsx';
import { HtmlField } from './HtmlField.tsx';
import { JsonField } from './JsonField.tsx';
import { KeyValueField } from './KeyValueField.tsx';
import { FieldsField, ListField } from './ListField.tsx';
import { ModelField } from './ModelField.tsx';
import { NumberField } from './NumberField.tsx';
import { RulesField } from './RulesField.tsx';
import { ScheduleField } from './ScheduleField.tsx';
import { SegmentedField, SelectField } from './SelectField.tsx';
import { SwitchField } from './SwitchField.tsx';
import { TextField, TextareaField } from './TextField.tsx';
import { WorkflowField } from './WorkflowField.tsx';

/** Every widget that a field's meta can name. */
export const widgets: FormWidgets = {
  text: TextField,
  textarea: TextareaField,
  number: NumberField,
  switch: SwitchField,
  select: SelectField,
  segmented: SegmentedField,
  html: HtmlField,
  json: JsonField,
  code: CodeTextField,
  list: ListField,
  keyvalue: KeyValueField,
  rules: RulesField,
  cases: CasesField,
  fields: FieldsField,
  schedule: ScheduleField,
  duration: DurationField,
  model: ModelField,
  datetime: DateTimeField,
  workflow: WorkflowField,
};
