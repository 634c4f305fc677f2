import { Group, TextInput } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { Field } from './Field.tsx';
import { EntryList } from './ListField.tsx';
import { asString } from './TextField.tsx';

interface Pair {
  name: string;
  value: unknown;
}

/** Names with values: headers, query parameters. */
export function KeyValueField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  const { path, schema } = props;
  const valueSchema = { ...(schema.items?.properties?.['value'] ?? { type: 'string' }), title: t('Value') };
  return (
    <EntryList
      {...props}
      noun={t('entry')}
      sortable={false}
      fresh={(): Pair => ({ name: '', value: '' })}
      draw={(entry, index, change) => {
        const pair = entry as Pair;
        return (
          <Group gap={8} align="flex-start" wrap="wrap">
            <TextInput
              w="100%"
              aria-label={t('Name {n}', { n: index + 1 })}
              placeholder={t('Name')}
              value={asString(pair.name)}
              readOnly={readOnly}
              onChange={(event) => change({ ...pair, name: event.currentTarget.value })}
            />
            <div style={{ width: '100%' }} className="mw-bare-label">
              <Field
                path={`${path}.${index}.value`}
                name="value"
                schema={valueSchema}
                value={pair.value}
                onChange={(value) => change({ ...pair, value })}
              />
            </div>
          </Group>
        );
      }}
    />
  );
}
