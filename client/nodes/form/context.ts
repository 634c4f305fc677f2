import { createContext, useContext, type ComponentType } from 'react';
import type { Provider } from '../../../shared/api/compose.ts';
import type { WorkflowSummary } from '../../../shared/api/workflows.ts';
import type { Scope } from '../../../shared/engine/bind.ts';
import type { Problem } from '../../../shared/workflow/problem.ts';
import type { Suggestion } from '../expression/scope.ts';
import type { FieldSchema, WidgetName } from './schema.ts';

/** What all widgets of one form share. */
export interface FormContextValue {
  /** All settings of the step: some widgets look at their neighbours. */
  config: Readonly<Record<string, unknown>>;
  scope: Scope;
  suggestions: readonly Suggestion[];
  problems: readonly Problem[];
  providers: readonly Provider[];
  /** The workspace's workflows that a setting may name. */
  workflows: readonly Pick<WorkflowSummary, 'id' | 'name' | 'nodeKinds'>[];
  readOnly: boolean;
  /** Path of the field that gets the cursor. */
  focusField: string | null;
}

/** The widgets come with the context: a list draws fields, which draw lists, and neither file may import the other. */
export type FormWidgets = Readonly<Record<WidgetName, ComponentType<FieldWidgetProps>>>;
type Provided = FormContextValue & {
  widgets: FormWidgets;
  /** Several settings change at once, for widgets that draw more than their own. */
  changeAll: (fields: Readonly<Record<string, unknown>>) => void;
};

const FormContext = createContext<Provided | null>(null);
export const FormProvider = FormContext.Provider;

export function useFormContext(): Provided {
  const value = useContext(FormContext);
  if (value === null) throw new Error('a widget needs the form around it');
  return value;
}

export interface FieldWidgetProps {
  /** Dots between parts: `fields.0.name`. */
  path: string;
  label: string;
  schema: FieldSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What is wrong with exactly this field. */
  problems: readonly Problem[];
}

/** Problems of a field or, with `inside`, of anything in it. */
export function problemsAt(problems: readonly Problem[], path: string, inside = false): Problem[] {
  return problems.filter((one) => one.field === path || (inside && one.field?.startsWith(`${path}.`)));
}
