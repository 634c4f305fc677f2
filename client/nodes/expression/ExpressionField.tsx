import './expression.css';
import { Input, Textarea } from '@mantine/core';
import { lazy, Suspense, useId, useMemo } from 'react';
import { evaluate } from '../../../shared/engine/bind.ts';
import type { Evaluation } from '../../../shared/engine/bind.ts';
import { t, translate } from '../../i18n/t.ts';
import { useFormContext } from '../form/context.ts';
import type { FieldWidgetProps } from '../form/context.ts';
import { inShort } from './scope.ts';

const CodeField = lazy(() => import('./CodeField.tsx'));

/** A setting that takes Liquid. Under it stands what it gives with the values that are known now. */
export function ExpressionField(props: FieldWidgetProps & { multiline: boolean; bare?: boolean }) {
  const { schema, value, onChange, label, problems, multiline, path, bare = false } = props;
  const { scope, suggestions, readOnly, focusField } = useFormContext();
  const id = useId();
  const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
  const mode = schema.expression ?? 'text';
  const result = useMemo(
    () => (text.includes('{{') || text.includes('{%') ? evaluate(text, mode, scope, path) : null),
    [text, mode, scope, path],
  );
  const check = (current: string) => errorAt(evaluate(current, mode, scope, path));
  const broken = result !== null && !result.ok ? translate(result.error.message) : null;
  const error = broken ?? problems[0]?.message ?? null;
  const field = (
    <Suspense
      fallback={<Textarea value={text} readOnly rows={multiline ? (schema.rows ?? 4) : 1} aria-label={label} />}
    >
      <CodeField
        value={text}
        onChange={(next) => {
          if (next !== text) onChange(next);
        }}
        label={label}
        describedBy={`${id}-help`}
        multiline={multiline}
        {...(schema.rows === undefined ? {} : { rows: schema.rows })}
        {...(schema.placeholder === undefined ? {} : { placeholder: schema.placeholder })}
        suggestions={suggestions}
        check={check}
        readOnly={readOnly}
        autoFocus={focusField === path}
      />
    </Suspense>
  );
  return (
    <div className="mw-expression-field" data-error={error !== null || undefined} data-field={path}>
      {bare ? null : (
        <Input.Label component="div" mb={4}>
          {label}
        </Input.Label>
      )}
      {field}
      <div id={`${id}-help`}>
        {error !== null ? (
          <Input.Error mt={4}>{error}</Input.Error>
        ) : result?.ok ? (
          <Value value={result.value} />
        ) : schema.description ? (
          <Input.Description mt={4}>{schema.description}</Input.Description>
        ) : null}
      </div>
    </div>
  );
}

function Value({ value }: { value: unknown }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return (
    <div className="mw-expression-value" title={text.slice(0, 2_000)}>
      <span aria-hidden="true">=</span> {text === '' ? <em>{t('empty')}</em> : inShort(text, 160)}
    </div>
  );
}

function errorAt(result: Evaluation): { message: string; position: number } | null {
  if (result.ok) return null;
  const position = result.error.details?.['position'];
  return { message: translate(result.error.message), position: typeof position === 'number' ? position : 0 };
}
