import type { Browser, CDPSession, Page } from '@playwright/test';
import { measureProcessor } from './processor.ts';

/**
 * How smooth a page is while somebody moves something. Three independent figures, so that none can flatter: the timestamps that
 * requestAnimationFrame gives (what the main thread could do), the frames that the compositor really drew (from the browser's own trace), and
 * the frames in which the view had moved since the one before.
 */
export interface Frames {
  /** From the timestamps of requestAnimationFrame. */
  fps: number;
  /** Frames per second that the compositor drew. */
  drawn: number;
  /** Frames per second in which the watched element had moved; null where nothing was watched. */
  moved: number | null;
  /** Milliseconds between frames that 95 of 100 stay below. */
  p95: number;
  /** The longest time between two frames, in milliseconds. */
  worst: number;
  /** Mouse and wheel events that the page has taken, per second. */
  inputs: number;
  /** Processor time of the page's main thread per frame, in milliseconds; and of all of Chromium. */
  mainMs: number;
  chromiumMs: number;
  /** Share of the time in which the main thread waited for a core that others had. */
  starved: number | null;
}

interface Recorder {
  start(watched: string | null): void;
  stop(): { times: number[]; moves: number };
}

/** Runs in the page before anything else does. */
export function installRecorder(): void {
  let times: number[] = [];
  let moves = 0;
  let frame = 0;
  const recorder: Recorder = {
    start(watched) {
      times = [];
      moves = 0;
      let last: string | undefined;
      const tick = (time: number) => {
        times.push(time);
        if (watched !== null) {
          // Reading an inline style costs no layout.
          const now = document.querySelector<HTMLElement>(watched)?.style.transform;
          if (last !== undefined && now !== last) moves += 1;
          last = now;
        }
        frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    },
    stop() {
      cancelAnimationFrame(frame);
      return { times, moves };
    },
  };
  Object.assign(window, { benchFrames: recorder });
}

declare global {
  interface Window {
    benchFrames: Recorder;
  }
}

/** One input event for the page, by the browser's own pipeline of input. */
export type Send = (event: InputEvent) => void;
type InputEvent =
  | { type: 'mousePressed' | 'mouseReleased'; x: number; y: number; button: 'left'; buttons: 0 | 1; clickCount: 1 }
  | { type: 'mouseMoved'; x: number; y: number; button: 'left' | 'none'; buttons: 0 | 1 }
  | { type: 'mouseWheel'; x: number; y: number; deltaX: number; deltaY: number };

/** More often than the screen is drawn, so that no frame is without an input. */
const inputEveryMs = 8;
/** Inputs that the page has not answered yet. A person's mouse waits for nobody, but a queue without end would outlive the measurement. */
const mostUnanswered = 6;

export interface Gesture {
  /** Inline transform of this element is what moves. */
  watched: string | null;
  /** Called every 8 ms with the time since the start in seconds. */
  input: (seconds: number, send: Send) => void;
}

/** Performs the gesture for so many seconds and tells how many frames there were. */
export async function recordFrames(
  { page, cdp, browserCdp }: { page: Page; cdp: CDPSession; browserCdp: CDPSession },
  gesture: Gesture,
  seconds: number,
): Promise<Frames> {
  let unanswered = 0;
  let answered = 0;
  const send: Send = (event) => {
    if (unanswered >= mostUnanswered) return;
    unanswered += 1;
    void cdp.send('Input.dispatchMouseEvent', event).then(
      () => {
        unanswered -= 1;
        answered += 1;
      },
      () => (unanswered -= 1),
    );
  };
  const trace = await startTrace(cdp);
  const processor = await measureProcessor(browserCdp);
  await page.evaluate((watched) => window.benchFrames.start(watched), gesture.watched);
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const passed = (performance.now() - begun) / 1_000;
      if (passed < seconds) return gesture.input(passed, send);
      clearInterval(timer);
      resolve();
    }, inputEveryMs);
  });
  const { times, moves } = await page.evaluate(() => window.benchFrames.stop());
  const { mainMs, chromiumMs, starved } = await processor();
  const drawnFrames = await trace.stop();
  const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  gaps.sort((a, b) => a - b);
  return {
    fps: gaps.length / span,
    drawn: drawnFrames / seconds,
    moved: gesture.watched === null ? null : moves / span,
    p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
    worst: gaps.at(-1) ?? 0,
    inputs: answered / seconds,
    mainMs: mainMs / gaps.length,
    chromiumMs: chromiumMs / gaps.length,
    starved,
  };
}

interface TraceEvent {
  name: string;
  ts: number;
}

/** Counts what the compositor draws. The category is a few small events per frame. */
async function startTrace(cdp: CDPSession): Promise<{ stop(): Promise<number> }> {
  const drawn: number[] = [];
  const collect = ({ value }: { value: object[] }) => {
    for (const event of value as TraceEvent[]) if (event.name === 'DrawFrame') drawn.push(event.ts);
  };
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'] },
  });
  return {
    async stop() {
      const complete = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()));
      await cdp.send('Tracing.end');
      await complete;
      cdp.off('Tracing.dataCollected', collect);
      return drawn.length;
    },
  };
}

const checkSeconds = 1.5;

/**
 * What the recorder says of pages whose frame rate is known: an idle one (the screen's own rate, or Chromium holds frames back) and one whose
 * every frame takes 50 ms (20 at most, or the recorder counts what nobody saw).
 */
export async function checkFrames(browser: Browser): Promise<{ idle: number; blocked: number }> {
  const page = await browser.newPage();
  await page.addInitScript(installRecorder);
  await page.goto('data:text/html,<canvas></canvas>');
  const record = async (busyMs: number): Promise<number> => {
    await page.evaluate(
      ([busy, ms]) => {
        const end = performance.now() + ms!;
        const work = () => {
          const until = performance.now() + busy!;
          while (performance.now() < until);
          if (performance.now() < end) requestAnimationFrame(work);
        };
        window.benchFrames.start(null);
        requestAnimationFrame(work);
        return new Promise((resolve) => setTimeout(resolve, ms));
      },
      [busyMs, checkSeconds * 1_000] as const,
    );
    const { times } = await page.evaluate(() => window.benchFrames.stop());
    return ((times.length - 1) * 1_000) / (times.at(-1)! - times[0]!);
  };
  const result = { idle: await record(0), blocked: await record(50) };
  await page.close();
  return result;
}
