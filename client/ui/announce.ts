/** Says something to screen readers, politely, and at most once a second: the last message wins. */
let region: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let lastAt = 0;

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement('div');
  region.className = 'mw-hidden';
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  document.body.append(region);
  return region;
}

export function announce(message: string, now: number = Date.now()): void {
  clearTimeout(timer);
  const write = () => {
    lastAt = Date.now();
    liveRegion().textContent = message;
  };
  timer = setTimeout(write, Math.max(0, lastAt + 1_000 - now));
}
