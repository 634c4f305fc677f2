import { problemsAt, useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { labelOf, widgetOf } from './schema.ts';
import type { FieldSchema } from './schema.ts';

export interface FieldProps {
  path: string;
  name: string;
  schema: FieldSchema;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** One setting, drawn by its widget. Problems inside composed values are shown by the part they belong to. */
export function Field({ path, name, schema, value, onChange }: FieldProps) {
  const { problems, widgets } = useFormContext();
  const Widget = widgets[widgetOf(schema)];
  const props: FieldWidgetProps = {
    path,
    label: labelOf(name, schema),
    schema,
    value: value === undefined ? schema.default : value,
    onChange,
    problems: problemsAt(problems, path),
  };
  return <Widget {...props} />;
}
