import { ActionIcon } from '@mantine/core';
import { useReactFlow, useStore as useFlow } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useFitView } from '../../../canvas/fit.ts';
import { t } from '../../../i18n/t.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

/** Zoom in percent, and the whole workflow at a click. */
export function ZoomPill() {
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const fit = useFitView();
  const percent = useFlow((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="mw-pill mw-zoom" role="toolbar" aria-label={t('Zoom')}>
      <Tooltip label={t('Smaller')}>
        <ActionIcon size={32} radius="xl" aria-label={t('Zoom out')} onClick={() => void zoomOut({ duration: 120 })}>
          <Minus size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('To 100 %')}>
        <button
          type="button"
          className="mw-zoom-value"
          aria-label={t('Zoom is {percent} percent. Set it to 100', { percent })}
          onClick={() => void zoomTo(1, { duration: 160 })}
        >
          {percent}%
        </button>
      </Tooltip>
      <Tooltip label={t('Larger')}>
        <ActionIcon size={32} radius="xl" aria-label={t('Zoom in')} onClick={() => void zoomIn({ duration: 120 })}>
          <Plus size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('Show everything')}>
        <ActionIcon size={32} radius="xl" aria-label={t('Show everything')} onClick={() => fit()}>
          <Maximize size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
