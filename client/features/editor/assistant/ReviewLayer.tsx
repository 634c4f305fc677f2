import './assistant.css';
import { useInternalNode, useStore as useFlow, ViewportPortal } from '@xyflow/react';
import { Check, X } from 'lucide-react';
import { absolutePosition } from '../../../../shared/workflow/containers.ts';
import { nodeSize } from '../../../../shared/workflow/geometry.ts';
import type { PatchMark } from '../../../../shared/workflow/patch-choice.ts';
import { farZoom } from '../../../canvas/geometry.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';

/**
 * Rings and switches over the steps that a change touches; one layer, so that the steps themselves know nothing of it. `fixed`: there is
 * nothing to decide, and words stand in place of the switches.
 */
export function ReviewLayer({ fixed = false }: { fixed?: boolean }) {
  const marks = useEditor((state) => state.review?.marks);
  if (marks === undefined) return null;
  return (
    <ViewportPortal>
      {[...marks].map(([id, mark]) => (
        <Mark key={id} id={id} mark={mark} fixed={fixed} />
      ))}
    </ViewportPortal>
  );
}

const words = { added: t('New'), changed: t('Changed'), removed: t('Removed') } as const;

function Mark({ id, mark, fixed }: { id: string; mark: PatchMark; fixed: boolean }) {
  const store = useEditorStore();
  const left = useEditor((state) => state.review?.left.has(id) ?? false);
  const nodes = useEditor((state) => state.graph.nodes);
  const far = useFlow((state) => state.transform[2] < farZoom);
  const drawn = useInternalNode(id);
  const node = nodes.find((one) => one.id === id);
  if (node === undefined) return null;
  // From afar no steps are drawn that could be measured.
  const at = drawn?.internals.positionAbsolute ?? absolutePosition(new Map(nodes.map((one) => [one.id, one])), id);
  const { width = nodeSize.width, height = nodeSize.height } = drawn?.measured ?? nodeSize;
  return (
    <div
      className="mw-mark"
      data-mark={mark}
      data-left={left || undefined}
      style={{ transform: `translate(${at.x}px, ${at.y}px)`, width, height }}
    >
      {far ? null : fixed ? (
        <span className="mw-mark-switch mw-mark-word">{words[mark]}</span>
      ) : (
        <button
          type="button"
          className="mw-mark-switch nodrag nopan"
          aria-pressed={!left}
          aria-label={`${left ? t('Left out') : words[mark]}: ${t('“{title}”', { title: node.title })}. ${left ? t('Take it') : t('Leave it out')}`}
          title={left ? t('Take this change') : t('Leave this change out')}
          onClick={() => store.getState().toggleProposed(id)}
        >
          {left ? <X size={12} aria-hidden="true" /> : <Check size={12} aria-hidden="true" />}
          {left ? t('Left out') : words[mark]}
        </button>
      )}
    </div>
  );
}
