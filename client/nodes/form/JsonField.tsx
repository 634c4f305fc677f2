import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../i18n/t.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { typeOf } from './schema.ts';
import { inputProps } from './TextField.tsx';

/** JSON as text. Where the setting itself is an object, it is written only while the text is valid. */
export function JsonField(props: FieldWidgetProps) {
  const { readOnly } = useFormContext();
  const { schema, value, onChange } = props;
  const isText = typeOf(schema).type === 'string';
  const outside = typeof value === 'string' ? value : JSON.stringify(value ?? {}, null, 2);
  const [draft, setDraft] = useState<{ text: string; from: string } | null>(null);
  const text = draft !== null && draft.from === outside ? draft.text : outside;
  if (schema.expression !== undefined) return <ExpressionField {...props} schema={{ rows: 6, ...schema }} multiline />;
  const problem = text.trim() === '' ? null : jsonProblem(text);
  const write = (next: string) => {
    if (isText) {
      onChange(next);
      return;
    }
    setDraft({ text: next, from: outside });
    if (jsonProblem(next) === null) onChange(JSON.parse(next));
  };
  return (
    <div>
      <Textarea
        {...inputProps(props)}
        error={problem ?? props.problems[0]?.message}
        value={text}
        rows={schema.rows ?? 6}
        readOnly={readOnly}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {readOnly || problem !== null || text.trim() === '' ? null : (
        <Group justify="flex-end" mt={4}>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={() => write(JSON.stringify(JSON.parse(text), null, 2))}
          >
            {t('Tidy')}
          </Button>
        </Group>
      )}
    </div>
  );
}

/** What is wrong with a JSON text, or null. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return t('This is not JSON: {value}', { value: error instanceof Error ? error.message : 'unknown' });
  }
}
