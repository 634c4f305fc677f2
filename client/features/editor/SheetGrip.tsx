import { useRef } from 'react';
import type { PointerEvent } from 'react';
import { t } from '../../i18n/t.ts';

/** Dragged further down than this, a sheet closes. */
const closeAfterPx = 70;

/** The bar at the top of a bottom sheet: dragged down, or pressed, it closes the sheet. */
export function SheetGrip({ onClose }: { onClose: () => void }) {
  const start = useRef<number | null>(null);
  const sheetOf = (event: PointerEvent<HTMLElement>) =>
    event.currentTarget.closest<HTMLElement>('.mantine-Drawer-content');
  const end = (event: PointerEvent<HTMLElement>) => {
    const from = start.current;
    start.current = null;
    const sheet = sheetOf(event);
    if (sheet) sheet.style.translate = '';
    if (from !== null && event.clientY - from > closeAfterPx) onClose();
  };
  return (
    <button
      type="button"
      className="mw-grip"
      aria-label={t('Close')}
      onClick={(event) => {
        if (event.detail === 0) onClose();
      }}
      onPointerDown={(event) => {
        start.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const sheet = sheetOf(event);
        if (start.current !== null && sheet)
          sheet.style.translate = `0 ${Math.max(0, event.clientY - start.current)}px`;
      }}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
