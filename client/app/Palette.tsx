import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { t } from '../i18n/t.ts';
import { useCommands } from '../ui/hotkeys.ts';
import { palette, togglePalette } from './paletteState.ts';

const Dialog = lazy(async () => ({ default: (await import('./PaletteDialog.tsx')).PaletteDialog }));

/** Ctrl K: pages, workflows and every command of the page that is open. Loaded when it is first asked for. */
export function Palette() {
  const wanted = useStore(palette, (state) => state.wanted);
  useCommands([
    {
      id: 'shell.palette',
      group: t('Everywhere'),
      label: t('Search and commands'),
      keys: ['mod+k'],
      palette: false,
      run: togglePalette,
    },
  ]);
  return wanted ? (
    <Suspense fallback={null}>
      <Dialog />
    </Suspense>
  ) : null;
}
