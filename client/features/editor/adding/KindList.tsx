import type { NodeDefinition, NodeGroup } from '../../../../shared/nodes/contract.ts';
import { nodeGroups } from '../../../../shared/nodes/contract.ts';
import { kindDataType } from '../../../canvas/dropKind.ts';
import { t } from '../../../i18n/t.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { groupLabels, NodeIcon } from '../../../nodes/icons.ts';
import { groupColor } from '../../../ui/groups.ts';

/** Kinds that fit a search, in the palette's order. Every word must be found somewhere. */
export function findKinds(search: string, fits: (kind: NodeDefinition) => boolean = () => true): NodeDefinition[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const order = (group: NodeGroup) => nodeGroups.indexOf(group);
  return [...catalogue.values()]
    .filter(fits)
    .filter(({ kind, texts }) => {
      const text = `${kind} ${texts.title} ${texts.description}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => order(a.group) - order(b.group));
}

interface KindListProps {
  kinds: readonly NodeDefinition[];
  onPick: (kind: NodeDefinition) => void;
  /** Index of the entry that Enter takes. */
  active?: number;
  draggable?: boolean;
  idPrefix: string;
}

/** Kinds under the headings of their groups. */
export function KindList({ kinds, onPick, active, draggable = false, idPrefix }: KindListProps) {
  const groups = Map.groupBy(kinds, (kind) => kind.group);
  return (
    <div className="mw-kinds" role="listbox" aria-label={t('Steps')} id={`${idPrefix}-list`}>
      {[...groups].map(([group, list]) => (
        <div key={group} role="group" aria-label={groupLabels[group]}>
          <div className="mw-kinds-heading">{groupLabels[group]}</div>
          {list.map((kind) => (
            <Kind
              key={kind.kind}
              kind={kind}
              id={`${idPrefix}-${kind.kind}`}
              active={active !== undefined && kinds[active] === kind}
              draggable={draggable}
              onPick={onPick}
            />
          ))}
        </div>
      ))}
      {kinds.length === 0 ? <p className="mw-kinds-none">{t('No step of that name.')}</p> : null}
    </div>
  );
}

function Kind({
  kind,
  id,
  active,
  draggable,
  onPick,
}: {
  kind: NodeDefinition;
  id: string;
  active: boolean;
  draggable: boolean;
  onPick: (kind: NodeDefinition) => void;
}) {
  return (
    <button
      type="button"
      id={id}
      role="option"
      aria-selected={active}
      className="mw-kind"
      draggable={draggable}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' });
      }}
      style={{ '--tint': groupColor(kind.group) } as React.CSSProperties}
      onClick={() => onPick(kind)}
      onDragStart={(event) => {
        event.dataTransfer.setData(kindDataType, kind.kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <span className="mw-kind-tile">
        <NodeIcon name={kind.icon} group={kind.group} size={17} strokeWidth={1.9} />
      </span>
      <span className="mw-kind-words">
        <span className="mw-kind-title">{kind.texts.title}</span>
        <span className="mw-kind-text">{kind.texts.description}</span>
      </span>
    </button>
  );
}
