import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatherNews, throttleProgress } from './throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const sent: string[] = [];
const start = () => {
  sent.length = 0;
  const throttled = throttleProgress(({ node, text }) => void sent.push(`${node}:${text}`));
  return (node: string, text: string, runId = 'r') => throttled({ runId, node, text });
};

test('the first goes at once, then the newest once per interval, and the last always', () => {
  const tell = start();
  for (let i = 0; i < 10; i++) {
    tell('a', String(i));
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(200);
  expect(sent).toEqual(['a:0', 'a:2', 'a:5', 'a:8', 'a:9']);
});

test('steps and runs do not slow each other down', () => {
  const tell = start();
  tell('a', '1');
  tell('b', '1');
  tell('a', '1', 'other');
  expect(sent).toEqual(['a:1', 'b:1', 'a:1']);
});

test('nothing is kept once a step is silent', () => {
  const tell = start();
  for (let i = 0; i < 1_000; i++) tell(`n${i}`, 'x');
  expect(vi.getTimerCount()).toBe(1_000);
  vi.advanceTimersByTime(60);
  expect(vi.getTimerCount()).toBe(0);
});

test('news of a run is told once per interval, however much there is', () => {
  const told: string[] = [];
  const news = gatherNews((workspaceId, runId) => void told.push(`${workspaceId} ${runId}`));
  for (let i = 0; i < 30; i++) {
    news('w', 'a');
    if (i === 0) news('w', 'b');
    vi.advanceTimersByTime(50);
  }
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['w a', 'w b', 'w a', 'w a']);
  expect(vi.getTimerCount()).toBe(0);
});
