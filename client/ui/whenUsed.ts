import { useEffect, useState } from 'react';

/** Signs that somebody is at the page. */
const signs = ['pointermove', 'pointerdown', 'wheel', 'keydown', 'focusin'] as const;
/** Whoever only looks, or listens, gets it all after this. */
const idleMs = 5_000;

let used: Promise<void> | undefined;
let isUsed = false;

/**
 * When the page is first used, by whatever means, or has been open for a while: what nothing of the first picture needs is loaded then and not
 * before. It is there by the time that it is needed.
 */
export function whenUsed(): Promise<void> {
  used ??= new Promise((resolve) => {
    const done = () => {
      isUsed = true;
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, done, true);
      resolve();
    };
    const timer = setTimeout(done, idleMs);
    for (const sign of signs) window.addEventListener(sign, done, { capture: true, passive: true });
  });
  return used;
}

/** False until then. */
export function useUsed(): boolean {
  const [is, setIs] = useState(isUsed);
  useEffect(() => {
    let isGone = false;
    void whenUsed().then(() => isGone || setIs(true));
    return () => {
      isGone = true;
    };
  }, []);
  return is;
}
