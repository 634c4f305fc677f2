import { Button, Collapse, Stack } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { NodeDefinition } from '../../../shared/nodes/contract.ts';
import { t } from '../../i18n/t.ts';
import { FormProvider } from './context.ts';
import type { FormContextValue } from './context.ts';
import { Field } from './Field.tsx';
import { fieldsOf, isShown } from './schema.ts';
import { widgets } from './widgets.ts';

export interface NodeFormProps {
  definition: NodeDefinition;
  context: FormContextValue;
  /** One setting changed. */
  onChange: (field: string, value: unknown) => void;
  /** Several did, by one action of the person. */
  onChangeAll: (fields: Readonly<Record<string, unknown>>) => void;
}

/** The settings of a step, drawn from the schema of its kind: a new kind needs no code here. */
export function NodeForm({ definition, context, onChange, onChangeAll }: NodeFormProps) {
  const values = { ...defaultsOf(definition), ...context.config };
  const shown = Object.entries(fieldsOf(definition)).filter(([, schema]) => isShown(schema, values));
  const plain = shown.filter(([, schema]) => schema.advanced !== true);
  const advanced = shown.filter(([, schema]) => schema.advanced === true);
  const focused = context.focusField !== null && advanced.some(([name]) => context.focusField?.split('.')[0] === name);
  const [more, setMore] = useState(focused);
  const draw = ([name, schema]: (typeof shown)[number]) => (
    <Field
      key={name}
      path={name}
      name={name}
      schema={schema}
      value={values[name]}
      onChange={(value) => onChange(name, value)}
    />
  );
  return (
    <FormProvider value={{ ...context, config: values, widgets, changeAll: onChangeAll }}>
      <Stack gap={18}>
        {plain.map(draw)}
        {advanced.length > 0 ? (
          <>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              w="fit-content"
              ml={-8}
              aria-expanded={more}
              rightSection={<ChevronDown size={14} style={{ rotate: more ? '180deg' : '0deg' }} />}
              onClick={() => setMore(!more)}
            >
              {t('More')}
            </Button>
            <Collapse expanded={more}>
              <Stack gap={18}>{more ? advanced.map(draw) : null}</Stack>
            </Collapse>
          </>
        ) : null}
        {shown.length === 0 ? <NothingToSet /> : null}
      </Stack>
    </FormProvider>
  );
}

function NothingToSet() {
  return <p className="mw-form-empty">{t('This step needs no settings.')}</p>;
}

function defaultsOf(definition: NodeDefinition): Record<string, unknown> {
  const parsed = definition.config.safeParse({});
  return parsed.success ? parsed.data : {};
}
