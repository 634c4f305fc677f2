import { readFileSync } from 'node:fs';
import type { CDPSession } from '@playwright/test';

/** What frames cost, and how much of the machine there was to be had: frames per second alone say little where others work on the same cores. */
export interface Processor {
  /** Processor time of the page's main thread, in milliseconds. */
  mainMs: number;
  /** Processor time of all of Chromium's processes, in milliseconds. */
  chromiumMs: number;
  /** Share (0..1) of the time in which the main thread wanted to run and no core was free. Null where the kernel does not tell. */
  starved: number | null;
}

/** Begins to measure; the result ends it. @param browser a session with the browser as a whole, not with a page. */
export async function measureProcessor(browser: CDPSession): Promise<() => Promise<Processor>> {
  const begun = performance.now();
  const before = await processes(browser);
  return async () => {
    const after = await processes(browser);
    const wall = performance.now() - begun;
    const spent = [...after].map(([pid, { kind, cpuMs, thread }]) => {
      const was = before.get(pid);
      return {
        kind,
        cpuMs: cpuMs - (was?.cpuMs ?? 0),
        mainMs: thread && was?.thread ? thread.ranMs - was.thread.ranMs : null,
        waitedMs: thread && was?.thread ? thread.waitedMs - was.thread.waitedMs : null,
      };
    });
    // Of the renderers only ours is at work.
    const page = spent.filter(({ kind }) => kind === 'renderer').toSorted((a, b) => b.cpuMs - a.cpuMs)[0];
    return {
      mainMs: page?.mainMs ?? Number.NaN,
      chromiumMs: spent.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      starved: page === undefined || page.waitedMs === null ? null : page.waitedMs / wall,
    };
  };
}

interface Spent {
  kind: string;
  cpuMs: number;
  thread: { ranMs: number; waitedMs: number } | null;
}

async function processes(browser: CDPSession): Promise<Map<number, Spent>> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return new Map(
    processInfo.map(({ id, type, cpuTime }) => [id, { kind: type, cpuMs: cpuTime * 1_000, thread: mainThread(id) }]),
  );
}

/** Nanoseconds that a process's first thread, which is a renderer's main thread, has run and has waited for a core. */
function mainThread(pid: number): Spent['thread'] {
  try {
    const [ran = Number.NaN, waited = Number.NaN] = readFileSync(`/proc/${pid}/schedstat`, 'utf8')
      .split(' ')
      .map(Number);
    return { ranMs: ran / 1e6, waitedMs: waited / 1e6 };
  } catch {
    return null;
  }
}
