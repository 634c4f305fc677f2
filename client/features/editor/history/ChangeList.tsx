import { Equal } from 'lucide-react';
import { t } from '../../../i18n/t.ts';
import { valueInWords } from '../../../ui/value-words.ts';
import type { WorkflowEdge, WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { patchMarks } from '../../../../shared/workflow/patch-choice.ts';
import type { PatchMark } from '../../../../shared/workflow/patch-choice.ts';
import { isEmptyPatch } from '../../../../shared/workflow/patch.ts';
import type { GraphPatch } from '../../../../shared/workflow/patch.ts';
import type { WorkflowSettings } from '../../../../shared/workflow/settings.ts';
import { fieldsOf } from '../../../nodes/form/schema.ts';
import { useEditorStore } from '../../../stores/context.tsx';
import { Empty } from '../../../ui/States.tsx';
import { changesInWords, settingNames } from '../change-words.ts';
import { BeforeAfter, fieldLabel, ReviewFields, shownField } from '../assistant/ReviewFields.tsx';

interface ChangeListProps {
  patch: GraphPatch;
  /** Titles of the steps of both sides. */
  titles: ReadonlyMap<string, string>;
  /** The step that was pointed at. */
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Everything that differs, in words: for those who read, and for those who hear. */
export function ChangeList({ patch, titles, chosen, onChoose }: ChangeListProps) {
  if (isEmptyPatch(patch)) {
    return (
      <Empty
        icon={Equal}
        title={t('They are the same')}
        text={t('Every step, connection and setting is the same in both.')}
      />
    );
  }
  const marks = [...patchMarks(patch)];
  return (
    <>
      {marks.length === 0 ? null : (
        <section>
          <h3>{t('Steps')}</h3>
          <ul>
            {marks.map(([id, mark]) => (
              <Step key={id} {...{ id, mark, patch, chosen, onChoose }} title={titles.get(id) ?? id} />
            ))}
          </ul>
        </section>
      )}
      <Connections patch={patch} titles={titles} />
      <Whole patch={patch} moved={movedCount(patch)} />
    </>
  );
}

interface StepProps extends Pick<ChangeListProps, 'patch' | 'chosen' | 'onChoose'> {
  id: string;
  mark: PatchMark;
  title: string;
}

const words = { added: t('Added'), changed: t('Changed'), removed: t('Removed') } as const;

function Step({ id, mark, title, patch, chosen, onChoose }: StepProps) {
  const change = patch.nodes.changed.find((one) => one.id === id);
  const whole = (mark === 'added' ? patch.nodes.added : patch.nodes.removed).find((one) => one.id === id);
  return (
    <li data-mark={mark} data-step={id} data-chosen={chosen === id || undefined}>
      <button type="button" className="mw-change-head" onClick={() => onChoose(id)}>
        <span className="mw-change-mark">{words[mark]}</span> <span className="mw-change-title">{title}</span>
      </button>
      {change === undefined ? null : <ReviewFields change={change} />}
      {whole === undefined ? null : <Settings node={whole} />}
    </li>
  );
}

/** What a step that came or went is set to. */
function Settings({ node }: { node: WorkflowNode }) {
  const definition = useEditorStore().catalogue.get(node.kind);
  const names = Object.keys(definition === undefined ? node.config : fieldsOf(definition));
  const rows = names
    .map((name) => ({ name, value: shownField(node, `config.${name}`, definition) }))
    .filter(({ value }) => value !== '–');
  if (rows.length === 0) return null;
  return (
    <dl className="mw-review-fields">
      {rows.map(({ name, value }) => (
        <div key={name}>
          <dt>{fieldLabel(`config.${name}`, definition)}</dt>
          <dd>
            <span className="mw-change-value">{value}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Connections({ patch: { edges }, titles }: Pick<ChangeListProps, 'patch' | 'titles'>) {
  const all = [
    ...edges.added.map((edge) => ({ edge, mark: 'added' as const })),
    ...edges.removed.map((edge) => ({ edge, mark: 'removed' as const })),
  ];
  if (all.length === 0) return null;
  return (
    <section>
      <h3>{t('Connections')}</h3>
      <ul>
        {all.map(({ edge, mark }) => (
          <li key={`${mark} ${edge.id}`} data-mark={mark}>
            <span className="mw-change-mark">{words[mark]}</span>{' '}
            <span className="mw-change-title">{edgeInWords(edge, titles)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function edgeInWords(edge: WorkflowEdge, titles: ReadonlyMap<string, string>): string {
  const from = titles.get(edge.source) ?? edge.source;
  const to = titles.get(edge.target) ?? edge.target;
  return edge.sourcePort === 'out' ? `${from} → ${to}` : `${from} (${edge.sourcePort}) → ${to}`;
}

function movedCount(patch: GraphPatch): number {
  return patch.nodes.changed.filter(({ fields }) => fields.every((field) => field === 'position')).length;
}

/** What concerns the workflow as a whole. */
function Whole({ patch: { settings, direction, notes, groups }, moved }: { patch: GraphPatch; moved: number }) {
  const keys = settings ? (Object.keys({ ...settings.before, ...settings.after }) as (keyof WorkflowSettings)[]) : [];
  const changed = keys.filter((key) => settings?.before?.[key] !== settings?.after?.[key]);
  if (changed.length === 0 && direction === undefined && moved === 0 && !notes && !groups) return null;
  return (
    <section>
      <h3>{t('The workflow')}</h3>
      <dl className="mw-review-fields">
        {changed.map((key) => (
          <div key={key}>
            <dt>{settingNames[key]}</dt>
            <dd>
              <BeforeAfter
                before={valueInWords(settings?.before?.[key])}
                after={valueInWords(settings?.after?.[key])}
              />
            </dd>
          </div>
        ))}
        <Laid name={t('Notes')} patch={notes} />
        <Laid name={t('Groups')} patch={groups} />
        {direction === undefined ? null : (
          <div>
            <dt>{t('Direction')}</dt>
            <dd>
              <BeforeAfter before={directions[direction.before]} after={directions[direction.after]} />
            </dd>
          </div>
        )}
        {moved === 0 ? null : (
          <div>
            <dt>{t('Places on the canvas')}</dt>
            <dd>{t('{n} moved', { n: moved })}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** Notes or groups: how many are new, are others now, or are gone. */
function Laid({ name, patch }: { name: string; patch: GraphPatch['notes'] | GraphPatch['groups'] }) {
  if (patch === undefined) return null;
  const { added, changed, removed } = patch;
  const counts = { added: added.length, changed: changed.length, removed: removed.length, other: true };
  return (
    <div>
      <dt>{name}</dt>
      <dd>{changesInWords(counts)}</dd>
    </div>
  );
}

const directions = { down: t('downwards'), right: t('to the right') } as const;
