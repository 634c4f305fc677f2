import { createStore } from 'zustand/vanilla';

/** Whether the palette was ever asked for, and what opens and closes it since it is there. */
export const palette = createStore<{ wanted: boolean; toggle: (() => void) | null }>()(() => ({
  wanted: false,
  toggle: null,
}));

export function togglePalette(): void {
  const { toggle } = palette.getState();
  if (toggle === null) palette.setState({ wanted: true });
  else toggle();
}
