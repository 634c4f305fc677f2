import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { t } from '../i18n/t.ts';
import { useCommands } from '../ui/hotkeys.ts';
import { useOnce } from '../ui/useOnce.ts';

const sheet = createStore(() => ({ open: false }));
const Dialog = lazy(async () => ({ default: (await import('./ShortcutDialog.tsx')).ShortcutDialog }));

export function openShortcutSheet(): void {
  sheet.setState({ open: true });
}

/** The `?` sheet, loaded when it is first asked for. */
export function ShortcutSheet() {
  const { open } = useStore(sheet);
  const used = useOnce(open);
  useCommands([
    {
      id: 'shell.shortcuts',
      group: t('Everywhere'),
      label: t('Show keyboard shortcuts'),
      keys: ['?'],
      run: openShortcutSheet,
    },
  ]);
  return used ? (
    <Suspense fallback={null}>
      <Dialog open={open} onClose={() => sheet.setState({ open: false })} />
    </Suspense>
  ) : null;
}
