import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { placeOf, startTips } from './tips.ts';

const room = { width: 1_000, height: 600 };
const at = (left: number, top: number) => ({ left, top, width: 40, height: 40, right: left + 40, bottom: top + 40 });

describe('the place of a tip', () => {
  test.each([
    ['above its element', at(480, 300), undefined, { x: 450, y: 262 }],
    ['below where there is no room above', at(480, 10), undefined, { x: 450, y: 58 }],
    ['not beyond the left edge', at(0, 300), undefined, { x: 8, y: 262 }],
    ['not beyond the right edge', at(960, 300), undefined, { x: 892, y: 262 }],
    ['right of it', at(10, 300), 'right', { x: 58, y: 305 }],
    ['above where there is no room right of it', at(900, 300), 'right', { x: 870, y: 262 }],
  ])('%s', (_what, of, side, expected) => {
    expect(placeOf(of, { width: 100, height: 30 }, side, room)).toEqual(expected);
  });
});

describe('a tip', () => {
  let stop: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = '<button data-tip="Undo"><i></i></button><button data-tip="Redo"></button><p></p>';
    stop = startTips();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });
  const shown = () => document.querySelector('[role=tooltip]')?.textContent ?? null;
  const over = (selector: string, pointerType = 'mouse') =>
    document
      .querySelector(selector)!
      .dispatchEvent(Object.assign(new Event('pointerover', { bubbles: true }), { pointerType }));

  test('comes when the pointer rests, says what its element says by then, and goes with the pointer', async () => {
    over('i');
    expect(shown()).toBeNull();
    vi.advanceTimersByTime(350);
    expect(shown()).toBe('Undo');
    document.querySelector('button')!.dataset['tip'] = 'Undone';
    await vi.waitFor(() => expect(shown()).toBe('Undone'));
    over('p');
    expect(shown()).toBeNull();
  });

  test('moves on to the next element, and goes by Escape', () => {
    over('i');
    vi.advanceTimersByTime(350);
    over('button + button');
    expect(shown()).toBeNull();
    vi.advanceTimersByTime(350);
    expect(shown()).toBe('Redo');
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(shown()).toBeNull();
  });

  test('does not come by a finger', () => {
    over('i', 'touch');
    vi.advanceTimersByTime(1_000);
    expect(shown()).toBeNull();
  });
});
