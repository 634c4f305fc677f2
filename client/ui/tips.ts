import './tips.css';

/** The pointer rests on something for so long before it says what it is for. */
const delayMs = 350;
/** Screen pixels to what it belongs to, and to the edge of the window. */
const gap = 8;

/**
 * Shows the words of `data-tip` while the pointer rests on an element that has some: above it, right of it (`data-tip-side`), or below where
 * there is no room. One for the whole page; `Tooltip` writes the attributes. @returns how to stop.
 */
export function startTips(): () => void {
  const tip = document.createElement('div');
  tip.className = 'mw-tip';
  tip.setAttribute('role', 'tooltip');
  let target: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const words = new MutationObserver(() => show());

  function show(): void {
    const label = target?.dataset['tip'] ?? '';
    if (target === null || label === '' || !target.isConnected) return hide();
    tip.textContent = label;
    document.body.append(tip);
    const { x, y } = placeOf(target.getBoundingClientRect(), tip.getBoundingClientRect(), target.dataset['tipSide']);
    tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  function hide(): void {
    clearTimeout(timer);
    words.disconnect();
    target = null;
    tip.remove();
  }

  const over = (event: PointerEvent) => {
    const next = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
    if (next === target) return;
    hide();
    // A finger presses, it does not rest.
    if (next === null || event.pointerType === 'touch') return;
    target = next;
    words.observe(next, { attributeFilter: ['data-tip'] });
    timer = setTimeout(show, delayMs);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide();
  };
  document.addEventListener('pointerover', over);
  document.documentElement.addEventListener('pointerleave', hide);
  document.addEventListener('scroll', hide, true);
  document.addEventListener('keydown', key);
  return () => {
    hide();
    document.removeEventListener('pointerover', over);
    document.documentElement.removeEventListener('pointerleave', hide);
    document.removeEventListener('scroll', hide, true);
    document.removeEventListener('keydown', key);
  };
}

type Rect = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom' | 'width' | 'height'>;

/** Its top left corner in the window. */
export function placeOf(
  of: Rect,
  { width, height }: Pick<Rect, 'width' | 'height'>,
  side: string | undefined,
  room = { width: window.innerWidth, height: window.innerHeight },
): { x: number; y: number } {
  const within = (value: number, most: number) => Math.max(gap, Math.min(value, most - gap));
  if (side === 'right' && of.right + gap + width <= room.width - gap)
    return { x: of.right + gap, y: within(of.top + (of.height - height) / 2, room.height - height) };
  const above = of.top - gap - height;
  return {
    x: within(of.left + (of.width - width) / 2, room.width - width),
    y: above >= gap ? above : of.bottom + gap,
  };
}
