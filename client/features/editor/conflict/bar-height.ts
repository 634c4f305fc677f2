/** The ref of a bar across the top of the canvas: what floats there stands below it, however many lines it has. */
export function tellBarHeight(bar: HTMLElement | null): (() => void) | undefined {
  const stage = bar?.parentElement;
  if (bar === null || !stage) return undefined;
  const observer = new ResizeObserver(() => stage.style.setProperty('--mw-bar', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => observer.disconnect();
}
