import { t } from '../../../i18n/t.ts';
import { isEmptyValue, valueInWords } from '../../../ui/value-words.ts';
import type { NodeDefinition } from '../../../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { fieldsOf, labelOf, optionsOf } from '../../../nodes/form/schema.ts';
import { useEditorStore } from '../../../stores/context.tsx';

interface ReviewFieldsProps {
  change: { before: WorkflowNode; after: WorkflowNode; fields: readonly string[] };
  /** So many fields, each cut to a line or two: beside a canvas. Absent: all, as they are. */
  brief?: number;
}

const briefChars = 160;
const longChars = 4_000;

/** What of a step changes: before, then after. Places do not count. */
export function ReviewFields({ change, brief }: ReviewFieldsProps) {
  const store = useEditorStore();
  const definition = store.catalogue.get(change.after.kind);
  const fields = change.fields.filter((field) => field !== 'position');
  const chars = brief === undefined ? longChars : briefChars;
  return (
    <dl className="mw-review-fields">
      {fields.slice(0, brief).map((field) => (
        <div key={field}>
          <dt>{fieldLabel(field, definition)}</dt>
          <dd>
            <BeforeAfter
              before={clipped(shownField(change.before, field, definition), chars)}
              after={clipped(shownField(change.after, field, definition), chars)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Two values; screen readers hear which is which. */
export function BeforeAfter({ before, after }: { before: string; after: string }) {
  return (
    <>
      <span className="mw-hidden">{t('before:')} </span>
      <del>{before}</del> <span className="mw-hidden">{t('after:')} </span>
      <ins>{after}</ins>
    </>
  );
}

/** What a field of a step is called: `title`, `onError`, `config.to` … */
export function fieldLabel(field: string, definition: NodeDefinition | undefined): string {
  if (!field.startsWith('config.')) return optionNames[field] ?? field;
  const name = field.slice('config.'.length);
  return labelOf(name, (definition && fieldsOf(definition)[name]) ?? {});
}

/** The value of a field of a step, for reading. */
export function shownField(node: WorkflowNode, field: string, definition: NodeDefinition | undefined): string {
  if (!field.startsWith('config.')) return valueInWords(node[field as keyof WorkflowNode]);
  const name = field.slice('config.'.length);
  const value = node.config[name];
  const schema = definition && fieldsOf(definition)[name];
  const option =
    schema === undefined || isEmptyValue(value) ? undefined : optionsOf(schema).find((one) => one.value === value);
  return option?.label ?? valueInWords(value);
}

const optionNames: Readonly<Record<string, string>> = {
  title: t('Title'),
  onError: t('When it fails'),
  onUnknown: t('When nobody knows whether it happened'),
  retry: t('Retries'),
  limit: t('Limit'),
  disabled: t('Switched off'),
  parent: t('Stands in'),
  timeoutMs: t('Time limit'),
  kind: t('Kind'),
  version: t('Version of the step'),
};

function clipped(text: string, chars: number): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text;
}
