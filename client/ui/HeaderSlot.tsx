import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

const HeaderSlotContext = createContext<HTMLElement | null>(null);

/** The shell hands in the element in its header that a page may fill. */
export const HeaderSlotProvider = HeaderSlotContext.Provider;

/** Draws its children in the shell's header, between the logo and the search: the name, saved state and buttons of the editor. */
export function HeaderSlot({ children }: { children: ReactNode }) {
  const element = useContext(HeaderSlotContext);
  return element ? createPortal(children, element) : null;
}
