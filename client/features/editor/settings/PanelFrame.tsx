import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { setPaletteOpen, usePanels } from '../context.tsx';
import type { PointerEvent, ReactNode } from 'react';

const widthKey = 'mailweave.editor.panel';
const besideKey = 'mailweave.editor.beside';
/** What the panel is wider with the data beside the settings. */
export const besideWidth = 320;
const bounds = { least: 320, most: 560, start: 360 } as const;

export interface Beside {
  shown: boolean;
  toggle(): void;
}

/** Whether the data of the step stands beside its settings. Null where there is no room for both. */
export function useBeside(phone: boolean): Beside | null {
  const hasRoom = useMediaQuery('(min-width: 1180px)') ?? false;
  const panels = usePanels();
  const [shown, setShown] = useState(() => localStorage.getItem(besideKey) === 'shown');
  if (phone || !hasRoom) return null;
  const toggle = () => {
    localStorage.setItem(besideKey, shown ? 'hidden' : 'shown');
    // The canvas keeps some width.
    if (!shown && window.innerWidth < 1600) setPaletteOpen(panels, false);
    setShown(!shown);
  };
  return { shown, toggle };
}

/** The panel beside the canvas; its edge can be dragged. */
export function Resizable({ extra, children }: { extra: number; children: ReactNode }) {
  const [width, setWidth] = useState(() =>
    Math.min(bounds.most, Math.max(bounds.least, Number(localStorage.getItem(widthKey)) || bounds.start)),
  );
  const set = (next: number) => {
    const kept = Math.min(bounds.most, Math.max(bounds.least, next));
    setWidth(kept);
    localStorage.setItem(widthKey, String(kept));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const start = event.clientX + width;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => set(start - move.clientX);
    handle.onpointerup = () => {
      handle.onpointermove = null;
    };
  };
  return (
    <aside className="mw-panel" aria-label={t('Settings of the step')} style={{ width: width + extra }}>
      <div
        className="mw-panel-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('Width of the settings')}
        aria-valuenow={width}
        aria-valuemin={bounds.least}
        aria-valuemax={bounds.most}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') set(width + 16);
          if (event.key === 'ArrowRight') set(width - 16);
        }}
      />
      {children}
    </aside>
  );
}
