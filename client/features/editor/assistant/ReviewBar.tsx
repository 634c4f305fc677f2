import './assistant.css';
import { Button, Checkbox } from '@mantine/core';
import { Check, ListChecks } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import type { PatchMark } from '../../../../shared/workflow/patch-choice.ts';
import { plural, t } from '../../../i18n/t.ts';
import { fieldsOf } from '../../../nodes/form/schema.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import type { Review } from '../../../stores/review.ts';
import { announce } from '../../../ui/announce.ts';
import { usePanel } from '../context.tsx';

/** What a proposed change would do, and the decision about it; the canvas shows the same. */
export function ReviewBar({ onSettle }: { onSettle: (take: boolean) => void }) {
  const review = useEditor((state) => state.review);
  // The conversation lists the steps, too.
  const chat = usePanel((state) => state.chat);
  const [details, setDetails] = useState(() => window.innerWidth >= 1024 && !chat);
  const summary = review === null ? '' : summaryOf(review.marks);
  useEffect(() => {
    if (summary !== '') announce(t('Proposed: {summary}. Ctrl Shift Enter accepts.', { summary }));
  }, [summary]);
  if (review === null) return null;
  const taken = review.marks.size - review.left.size;
  return (
    <div className="mw-prompt-area">
      <div className="mw-proposal mw-review" role="group" aria-label={t('Proposed change')}>
        {details ? <ReviewCard review={review} /> : null}
        <div className="mw-pill mw-proposal-bar">
          <Button
            variant="subtle"
            color="gray"
            className="mw-round"
            leftSection={<ListChecks size={15} />}
            aria-expanded={details}
            onClick={() => setDetails(!details)}
          >
            {summary}
          </Button>
          <Button variant="default" className="mw-round" onClick={() => onSettle(false)}>
            {t('Reject')}
          </Button>
          <Button
            className="mw-round"
            leftSection={<Check size={15} />}
            disabled={taken === 0 && review.marks.size > 0}
            onClick={() => onSettle(true)}
          >
            {review.left.size === 0 ? t('Accept all') : t('Accept {taken}', { taken })}
          </Button>
        </div>
      </div>
    </div>
  );
}

const counted = {
  added: (n: number) => plural(n, '{n} added', '{n} added'),
  changed: (n: number) => plural(n, '{n} changed', '{n} changed'),
  removed: (n: number) => plural(n, '{n} removed', '{n} removed'),
} as const;

/** "2 added, 1 removed" */
function summaryOf(marks: ReadonlyMap<string, PatchMark>): string {
  const parts = (['added', 'changed', 'removed'] as const).flatMap((mark) => {
    const count = [...marks.values()].filter((one) => one === mark).length;
    return count === 0 ? [] : [counted[mark](count)];
  });
  return parts.join(', ') || t('Connections changed');
}

const wouldDo = {
  added: (title: string) => t('Add “{title}”', { title }),
  changed: (title: string) => t('Change “{title}”', { title }),
  removed: (title: string) => t('Remove “{title}”', { title }),
} as const;

function ReviewCard({ review }: { review: Review }) {
  const store = useEditorStore();
  const nodes = new Map([...review.base.nodes, ...review.shown.nodes].map((node) => [node.id, node]));
  const changed = new Map(review.patch.nodes.changed.map((change) => [change.id, change]));
  return (
    <div className="mw-proposal-card mw-review-card">
      <ul>
        {[...review.marks].map(([id, mark]) => {
          const title = nodes.get(id)?.title ?? id;
          const change = changed.get(id);
          return (
            <li key={id} data-mark={mark}>
              <Checkbox
                size="xs"
                checked={!review.left.has(id)}
                onChange={() => store.getState().toggleProposed(id)}
                label={wouldDo[mark](title)}
              />
              {change === undefined ? null : <Fields change={change} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What of a step changes: before, then after. */
function Fields({ change }: { change: { before: WorkflowNode; after: WorkflowNode; fields: readonly string[] } }) {
  const store = useEditorStore();
  const definition = store.catalogue.get(change.after.kind);
  const schema = definition === undefined ? {} : fieldsOf(definition);
  const fields = change.fields.filter((field) => field !== 'position').slice(0, 6);
  return (
    <dl className="mw-review-fields">
      {fields.map((field) => {
        const name = field.replace(/^config\./, '');
        const label = field.startsWith('config.') ? (schema[name]?.title ?? name) : (optionNames[field] ?? field);
        return (
          <div key={field}>
            <dt>{label}</dt>
            <dd>
              <del>{shownValue(change.before, field)}</del> <ins>{shownValue(change.after, field)}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const optionNames: Readonly<Record<string, string>> = {
  title: t('Title'),
  onError: t('When it fails'),
  retry: t('Retries'),
  disabled: t('Switched off'),
  parent: t('Stands in'),
  timeoutMs: t('Time limit'),
  kind: t('Kind'),
};

function shownValue(node: WorkflowNode, field: string): string {
  const value = field.startsWith('config.')
    ? node.config[field.slice('config.'.length)]
    : node[field as keyof WorkflowNode];
  if (value === undefined || value === null || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
