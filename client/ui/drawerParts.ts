/** A module of its own, so that `Drawer.tsx` can load it when it is needed. */
export { Drawer as MantineDrawer } from '@mantine/core';
