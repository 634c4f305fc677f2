import { beforeEach, describe, expect, test, vi } from 'vitest';

/** Each test has a page of its own. */
async function open() {
  vi.resetModules();
  const { whenUsed } = await import('./whenUsed.ts');
  const seen = vi.fn<() => void>();
  void whenUsed().then(seen);
  void whenUsed().then(seen);
  return { seen, settled: () => vi.advanceTimersByTimeAsync(0) };
}

describe('a page is used', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test.each(['pointermove', 'pointerdown', 'wheel', 'keydown', 'focusin'])('by %s', async (sign) => {
    const { seen, settled } = await open();
    await settled();
    expect(seen).not.toHaveBeenCalled();
    document.body.dispatchEvent(new Event(sign, { bubbles: true }));
    await settled();
    expect(seen).toHaveBeenCalledTimes(2);
  });

  test('by nobody for a while', async () => {
    const { seen } = await open();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(seen).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toHaveBeenCalledTimes(2);
  });
});
