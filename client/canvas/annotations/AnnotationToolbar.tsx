import { ViewportPortal } from '@xyflow/react';
import { Copy, PencilLine, Trash2, Ungroup } from 'lucide-react';
import type { ReactNode } from 'react';
import { isGroupId, paleColors } from '../../../shared/workflow/annotations.ts';
import type { PaleColor } from '../../../shared/workflow/annotations.ts';
import type { Position } from '../../../shared/workflow/geometry.ts';
import { t } from '../../i18n/t.ts';
import { removeAnnotations, setColor } from '../../stores/annotation-edits.ts';
import { useEditorStore } from '../../stores/context.tsx';
import { useCanvas } from '../context.ts';

const names: Record<PaleColor, string> = {
  yellow: t('Yellow'),
  orange: t('Orange'),
  rose: t('Rose'),
  violet: t('Violet'),
  blue: t('Blue'),
  green: t('Green'),
};

/** What can be done with one selected note or group; above everything, over its upper left corner. */
export function AnnotationToolbar({ id, color, at }: { id: string; color: PaleColor; at: Position }) {
  const store = useEditorStore();
  const { actions } = useCanvas();
  const isGroup = isGroupId(id);
  const change = store.getState().change;
  return (
    <ViewportPortal>
      <div
        className="mw-annotation-toolbar nodrag nopan"
        style={{ transform: `translate(${at.x}px, ${at.y - 46}px)` }}
        role="toolbar"
        aria-label={isGroup ? t('Group') : t('Note')}
      >
        {paleColors.map((one) => (
          <button
            key={one}
            type="button"
            className="mw-swatch"
            data-color={one}
            title={names[one]}
            aria-label={names[one]}
            aria-pressed={one === color}
            onClick={() =>
              change(isGroup ? t('Colour of the group') : t('Colour of the note'), (graph) => setColor(graph, id, one))
            }
          />
        ))}
        <Tool label={isGroup ? t('Rename') : t('Write')} run={() => store.getState().rename(id)}>
          <PencilLine size={15} />
        </Tool>
        <Tool label={t('Duplicate')} run={() => actions?.duplicate(id)}>
          <Copy size={15} />
        </Tool>
        <Tool
          label={isGroup ? t('Ungroup') : t('Delete')}
          danger={!isGroup}
          run={() =>
            change(isGroup ? t('Ungroup') : t('Delete note'), (graph) => removeAnnotations(graph, new Set([id])))
          }
        >
          {isGroup ? <Ungroup size={15} /> : <Trash2 size={15} />}
        </Tool>
      </div>
    </ViewportPortal>
  );
}

function Tool({
  label,
  run,
  danger = false,
  children,
}: {
  label: string;
  run: () => void;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <button type="button" title={label} aria-label={label} data-danger={danger || undefined} onClick={run}>
      {children}
    </button>
  );
}
