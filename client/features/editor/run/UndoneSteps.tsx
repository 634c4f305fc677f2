import type { StepUndo } from '../../../../shared/engine/undo.ts';
import { t, translate } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';

const words: Record<StepUndo['status'], string> = {
  compensating: t('being undone'),
  compensated: 'undone',
  compensate_failed: t('could not be undone'),
};

/** What a failed run has taken back, and what it could not. Nothing where there is nothing of that. */
export function UndoneSteps() {
  const undone = useRun((state) => state.undo);
  const graph = useEditor((state) => state.graph);
  if (undone.length === 0) return null;
  return (
    <section className="mw-held" aria-label={t('What was undone')}>
      <strong>{t('What this run had done is taken back')}</strong>
      <ul>
        {undone.map(({ node, status, error }) => (
          <li key={node}>
            <span className="mw-held-what">
              {graph.nodes.find(({ id }) => id === node)?.title ?? node}
              {error ? <span className="mw-held-to">{translate(error.message)}</span> : null}
            </span>
            <span className="mw-held-status" data-status={status}>
              {words[status]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
