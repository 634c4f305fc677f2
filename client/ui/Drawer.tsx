import { lazy, Suspense } from 'react';
import type { ComponentProps } from 'react';
import { useOnce } from './useOnce.ts';

const MantineDrawer = lazy(async () => ({ default: (await import('./drawerParts.ts')).MantineDrawer }));

/** Mantine's drawer, loaded with the first one that opens: a desktop often never shows one. */
export function Drawer(props: ComponentProps<typeof MantineDrawer>) {
  return useOnce(props.opened) ? (
    <Suspense fallback={null}>
      <MantineDrawer {...props} />
    </Suspense>
  ) : null;
}
