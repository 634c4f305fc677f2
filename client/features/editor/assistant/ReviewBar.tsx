import './assistant.css';
import { Button, Checkbox } from '@mantine/core';
import { Check, ListChecks } from 'lucide-react';
import { useEffect, useState } from 'react';
import { countChanges } from '../../../../shared/workflow/changes.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import type { Review } from '../../../stores/review.ts';
import { announce } from '../../../ui/announce.ts';
import { changesInWords } from '../change-words.ts';
import { usePanel } from '../context.tsx';
import { ReviewFields } from './ReviewFields.tsx';

/** What a proposed change would do, and the decision about it; the canvas shows the same. */
export function ReviewBar({ onSettle }: { onSettle: (take: boolean) => void }) {
  const review = useEditor((state) => state.review);
  // The conversation lists the steps, too.
  const chat = usePanel((state) => state.chat);
  const [details, setDetails] = useState(() => window.innerWidth >= 1024 && !chat);
  const summary = review === null ? '' : changesInWords(countChanges(review.patch));
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
              {change === undefined ? null : <ReviewFields change={change} brief={6} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
