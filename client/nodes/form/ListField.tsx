import { ActionIcon, Button, Input, Stack, Text } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t.ts';
import { useFormContext } from './context.ts';
import type { FieldWidgetProps } from './context.ts';
import { Field } from './Field.tsx';
import { defaultOf, isShown } from './schema.ts';
import './form.css';
import { Tooltip } from '../../ui/Tooltip.tsx';

/** Entries that can be added, moved and removed; each is drawn from the schema of the list's items. */
export function ListField(props: FieldWidgetProps) {
  return <Entries {...props} noun={t('entry')} />;
}

/** Named fields: of an answer, of a form, of what a step sets. */
export function FieldsField(props: FieldWidgetProps) {
  return <Entries {...props} noun={t('field')} />;
}

function Entries(props: FieldWidgetProps & { noun: string }) {
  const { schema, path, noun } = props;
  const properties = schema.items?.properties;
  return (
    <EntryList
      {...props}
      noun={noun}
      fresh={(entries) => freshEntry(props, entries)}
      draw={(entry, index, change) =>
        properties === undefined ? (
          <Field
            path={`${path}.${index}`}
            name={`${props.label} ${index + 1}`}
            schema={{ ...schema.items, title: '' }}
            value={entry}
            onChange={change}
          />
        ) : (
          <Stack gap={8}>
            {Object.entries(properties)
              .filter(([, inner]) => isShown(inner, entry as Record<string, unknown>))
              .map(([key, inner]) => (
                <Field
                  key={key}
                  path={`${path}.${index}.${key}`}
                  name={key}
                  schema={inner}
                  value={(entry as Record<string, unknown>)[key]}
                  onChange={(value) => change({ ...(entry as Record<string, unknown>), [key]: value })}
                />
              ))}
          </Stack>
        )
      }
    />
  );
}

/** A new entry with its defaults; a name gets the first free `field_n`. */
function freshEntry({ schema }: FieldWidgetProps, entries: readonly unknown[]): unknown {
  const fresh = defaultOf(schema.items);
  if (
    typeof fresh !== 'object' ||
    fresh === null ||
    !('name' in fresh) ||
    fresh.name !== '' ||
    schema.widget === 'keyvalue'
  )
    return fresh;
  const names = new Set(entries.map((entry) => (entry as { name?: unknown }).name));
  for (let n = entries.length + 1; ; n++) if (!names.has(`field_${n}`)) return { ...fresh, name: `field_${n}` };
}

export interface EntryListProps extends FieldWidgetProps {
  noun: string;
  fresh: (entries: readonly unknown[]) => unknown;
  draw: (entry: unknown, index: number, change: (entry: unknown) => void) => ReactNode;
  /** False: the order means nothing, no buttons for it. */
  sortable?: boolean;
}

/** The frame of every list: cards with buttons at their top right, and one to add. */
export function EntryList({
  label,
  schema,
  value,
  onChange,
  problems,
  path,
  noun,
  fresh,
  draw,
  sortable = true,
}: EntryListProps) {
  const { readOnly } = useFormContext();
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const move = (from: number, to: number) => {
    const next = [...entries];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  return (
    <Input.Wrapper
      label={label}
      description={schema.description}
      error={problems[0]?.message}
      labelElement="div"
      data-field={path}
    >
      <Stack gap={8} mt={6}>
        {entries.map((entry, index) => (
          <div className="mw-entry" key={index} role="group" aria-label={`${label}, ${noun} ${index + 1}`}>
            <div className="mw-entry-body">{draw(entry, index, (next) => onChange(entries.with(index, next)))}</div>
            {readOnly ? null : (
              <div className="mw-entry-buttons">
                <EntryButton
                  label={t('Remove {noun} {n}', { noun, n: index + 1 })}
                  onClick={() => onChange(entries.toSpliced(index, 1))}
                >
                  <X size={14} />
                </EntryButton>
                {sortable && index > 0 ? (
                  <EntryButton
                    label={t('Move {noun} {n} up', { noun, n: index + 1 })}
                    onClick={() => move(index, index - 1)}
                  >
                    <ArrowUp size={14} />
                  </EntryButton>
                ) : null}
                {sortable && index < entries.length - 1 ? (
                  <EntryButton
                    label={t('Move {noun} {n} down', { noun, n: index + 1 })}
                    onClick={() => move(index, index + 1)}
                  >
                    <ArrowDown size={14} />
                  </EntryButton>
                ) : null}
              </div>
            )}
          </div>
        ))}
        {entries.length === 0 && readOnly ? (
          <Text size="sm" c="dimmed">
            {t('None')}
          </Text>
        ) : null}
        {readOnly ? null : (
          <Button
            variant="default"
            size="compact-sm"
            w="fit-content"
            leftSection={<Plus size={14} />}
            onClick={() => onChange([...entries, fresh(entries)])}
          >
            {t('Add {noun}', { noun })}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function EntryButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
