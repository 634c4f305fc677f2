import { ActionIcon } from '@mantine/core';
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  Group,
  Network,
  Power,
  Trash2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { plural, t } from '../../../i18n/t.ts';
import { stepsOf } from '../../../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { alignSelected, distributeSelected, groupSelected, tidySelected } from '../commands/arranging.ts';
import { duplicate, removeSelected, toggleDisabled } from '../edits.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

/** What can be done with several chosen things at once. */
export function SelectionBar() {
  const store = useEditorStore();
  const selected = useEditor((state) => state.selected);
  const graph = useEditor((state) => state.graph);
  const steps = stepsOf(graph, selected).size;
  const few = selected.size < 3;
  return (
    <div className="mw-pill mw-selection-bar" role="toolbar" aria-label={t('Selection')}>
      <span className="mw-selection-count">{plural(selected.size, '{n} selected', '{n} selected')}</span>
      <Tool label={t('Align left')} run={() => alignSelected(store, 'left')}>
        <AlignStartVertical size={17} />
      </Tool>
      <Tool label={t('Align centres')} run={() => alignSelected(store, 'centre')}>
        <AlignCenterVertical size={17} />
      </Tool>
      <Tool label={t('Align right')} run={() => alignSelected(store, 'right')}>
        <AlignEndVertical size={17} />
      </Tool>
      <Tool label={t('Align top')} run={() => alignSelected(store, 'top')}>
        <AlignStartHorizontal size={17} />
      </Tool>
      <Tool label={t('Align middles')} run={() => alignSelected(store, 'middle')}>
        <AlignCenterHorizontal size={17} />
      </Tool>
      <Tool label={t('Align bottom')} run={() => alignSelected(store, 'bottom')}>
        <AlignEndHorizontal size={17} />
      </Tool>
      <i aria-hidden="true" />
      <Tool label={t('Equal gaps, side by side')} disabled={few} run={() => distributeSelected(store, 'x')}>
        <AlignHorizontalDistributeCenter size={17} />
      </Tool>
      <Tool label={t('Equal gaps, one below the other')} disabled={few} run={() => distributeSelected(store, 'y')}>
        <AlignVerticalDistributeCenter size={17} />
      </Tool>
      <Tool label={t('Tidy up the selection')} disabled={steps < 2} run={() => tidySelected(store)}>
        <Network size={17} />
      </Tool>
      <i aria-hidden="true" />
      <Tool label={t('Group')} disabled={steps === 0} run={() => groupSelected(store)}>
        <Group size={17} />
      </Tool>
      <Tool label={t('Duplicate')} run={() => duplicate(store, selected)}>
        <Copy size={16} />
      </Tool>
      <Tool label={t('Switch off or on')} disabled={steps === 0} run={() => toggleDisabled(store, selected)}>
        <Power size={16} />
      </Tool>
      <Tool label={t('Delete')} danger run={() => removeSelected(store)}>
        <Trash2 size={16} />
      </Tool>
    </div>
  );
}

function Tool({
  label,
  run,
  disabled = false,
  danger = false,
  children,
}: {
  label: string;
  run: () => void;
  disabled?: boolean;
  danger?: boolean;
  children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={32}
        radius="xl"
        aria-label={label}
        aria-disabled={disabled}
        {...(disabled ? { 'data-disabled': true } : {})}
        {...(danger ? { 'data-danger': true } : {})}
        onClick={() => !disabled && run()}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
