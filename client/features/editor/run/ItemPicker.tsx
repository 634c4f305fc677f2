import { Link } from 'react-router';
import { t } from '../../../i18n/t.ts';
import { useRun } from '../../../stores/context.tsx';
import { Pager } from '../../../ui/Pager.tsx';
import { usePanels } from '../context.tsx';
import { runOfItem, useStepPlaces } from './item-choice.ts';
import type { ItemLevel } from './item-choice.ts';

const mostFailures = 8;

/** Which item of each container around a step is looked at. Nothing for a step on the canvas itself, or before a run. */
export function ItemPicker({ id }: { id: string }) {
  const { levels } = useStepPlaces()(id);
  const known = levels.filter(({ loop }) => loop !== undefined && loop.count > 0);
  if (known.length === 0) return null;
  return (
    <div className="mw-item-picker">
      {known.map((level) => (
        <Level key={level.container.id} level={level} />
      ))}
    </div>
  );
}

function Level({ level }: { level: ItemLevel }) {
  const panels = usePanels();
  const events = useRun((state) => state.events);
  const { container, index, loop } = level;
  if (loop === undefined) return null;
  const choose = (item: number) => panels.setState(({ items }) => ({ items: { ...items, [container.id]: item } }));
  const elsewhere = runOfItem(events, level);
  return (
    <div className="mw-item-level">
      <span className="mw-item-name">{container.title}</span>
      <Pager
        of="item"
        at={index - loop.from}
        from={loop.from}
        shown={loop.count}
        onChange={(at) => choose(loop.from + at)}
      />
      {loop.failures.length === 0 ? null : (
        <span className="mw-item-failures">
          {t('Failed:')}{' '}
          {loop.failures.slice(0, mostFailures).map((failure) => (
            <button
              key={failure.index}
              type="button"
              aria-label={t('Item {n}, which failed', { n: failure.index + 1 })}
              aria-current={failure.index === index || undefined}
              onClick={() => choose(failure.index)}
            >
              {failure.index + 1}
            </button>
          ))}
          {loop.failures.length > mostFailures ? t('and {n} more', { n: loop.failures.length - mostFailures }) : null}
        </span>
      )}
      {loop.parts === undefined ? null : elsewhere === undefined ? (
        <span className="mw-item-elsewhere">{t('A run of its own is doing this item.')}</span>
      ) : (
        <Link className="mw-item-elsewhere" to={`/runs/${elsewhere}`}>
          {t('Open the run that did this item')}
        </Link>
      )}
    </div>
  );
}
