import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { budgets, filesOf, type Manifest } from '../../ops/bundle-budget.ts';

/** Milliseconds since the navigation began. */
export interface Load {
  /** The browser's first contentful paint: the shell or the skeleton of the page. */
  firstPaint: number;
  /** The frame after the first steps stood visible on the canvas. */
  steps: number;
  /** The end of the last task over 50 ms before a second without one, and never before the steps were there. */
  interactive: number;
  /** Time in tasks over 50 ms, all in all. */
  blocked: number;
}

/** A page counts as quiet after this long without a task over 50 ms. */
const quietMs = 1_000;

interface LoadMarks {
  tasks: [start: number, end: number][];
  steps: number | null;
}

declare global {
  interface Window {
    benchLoad: LoadMarks;
  }
}

/** Runs in the page before anything else does: notes long tasks, and when steps became visible. */
export function installLoadMarks(): void {
  const marks: LoadMarks = { tasks: [], steps: null };
  Object.assign(window, { benchLoad: marks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) marks.tasks.push([entry.startTime, entry.startTime + entry.duration]);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    // A step stays invisible until it has been measured; the far view draws all of them on one canvas.
    const step = document.querySelector<HTMLElement>('.react-flow__node');
    const isThere =
      (step !== null && step.style.visibility !== 'hidden') || document.querySelector('canvas[data-steps]') !== null;
    if (isThere) requestAnimationFrame((time) => (marks.steps = time));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Waits until the page is quiet and tells how it came there. @throws Error when it does not within a minute. */
export async function loadOf(page: Page): Promise<Load> {
  await page.waitForFunction(
    (quiet) => {
      const { tasks, steps } = window.benchLoad;
      return steps !== null && performance.now() - Math.max(steps, tasks.at(-1)?.[1] ?? 0) > quiet;
    },
    quietMs,
    { timeout: 60_000, polling: 100 },
  );
  return page.evaluate(() => {
    const { tasks, steps } = window.benchLoad;
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return {
      firstPaint: paint?.startTime ?? Number.NaN,
      steps: steps ?? Number.NaN,
      interactive: Math.max(steps ?? 0, tasks.at(-1)?.[1] ?? 0),
      blocked: tasks.reduce((sum, [start, end]) => sum + end - start, 0),
    };
  });
}

/** Bytes of JavaScript, gzip, of the files that a page has asked for. @param urls of responses; others than scripts are passed over. */
export function gzipBytes(urls: Iterable<string>, clientFolder: string): number {
  let bytes = 0;
  for (const url of new Set([...urls].map((one) => new URL(one).pathname))) {
    if (url.endsWith('.js')) bytes += gzipSync(readFileSync(join(clientFolder, url)), { level: 9 }).length;
  }
  return bytes;
}

/** kB of JavaScript, gzip, that a page cannot do without: its own modules and all that they import, as its budget says. */
export function firstLoadKb(page: (typeof budgets)[number]['page'], clientFolder: string): number {
  const manifest = JSON.parse(readFileSync(join(clientFolder, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const files = filesOf(manifest, budgets.find((one) => one.page === page)!.modules);
  return (
    gzipBytes(
      files.map((file) => `http://localhost/${file}`),
      clientFolder,
    ) / 1_000
  );
}
