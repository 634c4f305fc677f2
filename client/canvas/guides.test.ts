import { expect, it } from 'vitest';
import { snapTo } from './guides.ts';

const box = (x: number, y: number, width = 248, height = 60) => ({ x, y, width, height });

it.each([
  ['the left edge', box(3, 200), box(0, 0), -3, 0],
  ['the right edge of a narrower one', box(151, 200, 100), box(0, 0), -3, 0],
  ['the middle of a narrower one', box(72, 200, 100), box(0, 0), 2, 0],
  ['the top', box(400, -5), box(0, 0), 0, 5],
  ['nothing that is too far away', box(20, 200), box(0, 0), 0, 0],
])('lines up with %s', (_what, moved, other, dx, dy) => {
  const snap = snapTo(moved, [other], 6);
  expect([snap.dx, snap.dy]).toEqual([dx, dy]);
  expect(snap.lines.length > 0).toBe(dx !== 0 || dy !== 0);
});

it('an edge never lines up with a middle', () => {
  expect(snapTo(box(124, 300, 60), [box(0, 0)], 6).lines).toEqual([]);
});

it('draws a line as long as all that lies on it', () => {
  const snap = snapTo(box(2, 400), [box(0, 0), box(0, 200), box(900, 50)], 6);
  expect(snap.lines).toContainEqual({ axis: 'x', at: 0, from: 0, to: 460 });
});

it('of two lines takes the nearer, of two as near that of the nearer box', () => {
  expect(snapTo(box(4, 0), [box(0, 500), box(6, 900)], 6).dx).toBe(2);
  expect(snapTo(box(3, 0), [box(0, 500), box(6, 900)], 6).dx).toBe(-3);
});
