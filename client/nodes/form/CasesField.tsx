import { Select, Stack, TextInput } from '@mantine/core';
import { operatorOptions, unaryOperators } from '../../../shared/nodes/operators.ts';
import { t } from '../../i18n/t.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { problemsAt, useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { EntryList } from './ListField.tsx';

interface Case {
  id: string;
  label: string;
  operator: string;
  right: unknown;
}

const unary: ReadonlySet<string> = new Set(unaryOperators);

/** Ids are ports: they stay when a label changes, so that connections do. */
function newCase(entries: readonly unknown[]): Case {
  const taken = new Set(entries.map((entry) => (entry as Case).id));
  for (let n = entries.length + 1; ; n++) {
    const id = `case_${n}`;
    if (!taken.has(id)) return { id, label: t('Case {n}', { n }), operator: 'equals', right: '' };
  }
}

/** The ways out of a switch: each with a label and what the value is compared to. */
export function CasesField(props: FieldWidgetProps) {
  const { readOnly, problems } = useFormContext();
  const { path } = props;
  return (
    <EntryList
      {...props}
      noun={t('case')}
      fresh={newCase}
      draw={(entry, index, change) => {
        const one = entry as Case;
        return (
          <Stack gap={8}>
            <TextInput
              aria-label={t('Label of case {n}', { n: index + 1 })}
              placeholder={t('Label')}
              value={one.label}
              readOnly={readOnly}
              error={problemsAt(problems, `${path}.${index}.label`)[0]?.message}
              onChange={(event) => change({ ...one, label: event.currentTarget.value })}
            />
            <Select
              aria-label={t('Comparison of case {n}', { n: index + 1 })}
              data={operatorOptions}
              value={one.operator}
              allowDeselect={false}
              searchable
              readOnly={readOnly}
              onChange={(operator) => operator !== null && change({ ...one, operator })}
            />
            {unary.has(one.operator) ? null : (
              <ExpressionField
                path={`${path}.${index}.right`}
                label={t('Compared value of case {n}', { n: index + 1 })}
                schema={{ expression: 'value', placeholder: t('value') }}
                value={one.right}
                onChange={(right) => change({ ...one, right })}
                problems={problemsAt(problems, `${path}.${index}.right`)}
                multiline={false}
                bare
              />
            )}
          </Stack>
        );
      }}
    />
  );
}
