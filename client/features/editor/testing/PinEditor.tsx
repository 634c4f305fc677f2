import { Button, Group, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { jsonFault, type JsonFault } from '../../../nodes/form/json-fault.ts';

const CodeField = lazy(() => import('../../../nodes/expression/CodeField.tsx'));

/** A pinned output as JSON. It can be kept only while it is JSON; what is wrong is said with its line and column. */
export function PinEditor({
  value,
  onSave,
  onClose,
}: {
  value: unknown;
  /** False: it was not taken. */
  onSave: (value: unknown) => boolean;
  onClose: () => void;
}) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2) ?? 'null');
  const fault = jsonFault(text);
  const save = () => {
    if (fault === null && onSave(JSON.parse(text))) onClose();
  };
  return (
    <form
      className="mw-pin-editor"
      aria-label={t('Pinned output')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      data-error={fault !== null || undefined}
    >
      <Suspense fallback={<div aria-busy="true" />}>
        <CodeField
          value={text}
          onChange={setText}
          label={t('Pinned output as JSON')}
          describedBy="mw-pin-fault"
          multiline
          rows={10}
          suggestions={[]}
          check={(current) => {
            const found = jsonFault(current);
            return found === null ? null : { message: faultInWords(found), position: found.position };
          }}
          autoFocus
          plain
        />
      </Suspense>
      <Text id="mw-pin-fault" role="status" size="xs" c={fault === null ? 'dimmed' : 'red'} mt={6}>
        {fault === null ? t('Test runs go on with this in place of the step.') : faultInWords(fault)}
      </Text>
      <Group gap={8} mt={8}>
        <Button size="xs" type="submit" disabled={fault !== null}>
          {t('Pin this output')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
      </Group>
    </form>
  );
}

function faultInWords({ reason, line, column, found }: JsonFault): string {
  const place = { line, column };
  switch (reason) {
    case 'ended':
      return t('Line {line}, column {column}: the text ends before the JSON does.', place);
    case 'unexpected':
      return t('Line {line}, column {column}: “{found}” is not expected here.', { ...place, found });
    case 'text':
      return t(
        'Line {line}, column {column}: a text has to end in its line, and \\ stands only before a known sign.',
        place,
      );
    case 'after':
      return t('Line {line}, column {column}: the JSON has ended before this.', place);
  }
}
