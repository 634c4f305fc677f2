import type { Page, WebSocketRoute } from '@playwright/test';
import type { RunEvent, RunEventBody } from '../../shared/workflow/run.ts';

/**
 * Status events for the run that a page follows, put into the page's own socket between the server and the browser: to the client they are
 * journal events like any other.
 */
export interface StatusStream {
  /** Begins to send so many events per second about these steps, in this order and again. */
  start(nodes: readonly string[], perSecond: number): void;
  stop(): void;
  /** Events that have been sent. */
  sent(): number;
}

/** Must be called before the page loads. `after`: the newest number in the run's journal. */
export async function interceptSocket(page: Page, runId: string, after: number): Promise<StatusStream> {
  let socket: WebSocketRoute | null = null;
  let seq = after;
  let timer: ReturnType<typeof setInterval> | undefined;
  let total = 0;
  await page.routeWebSocket(/\/socket\.io\//, (route) => {
    route.connectToServer();
    socket = route;
  });
  return {
    start(nodes, perSecond) {
      const bodies = lives(nodes);
      const begun = performance.now();
      let sent = 0;
      timer = setInterval(() => {
        const due = Math.floor(((performance.now() - begun) / 1_000) * perSecond);
        for (; sent < due; sent++) {
          seq += 1;
          const event = { ...bodies.next().value, seq, at: Date.now() } as RunEvent;
          socket?.send(`42${JSON.stringify(['run.events', { runId, events: [event] }])}`);
          total += 1;
        }
      }, 10);
    },
    stop: () => clearInterval(timer),
    sent: () => total,
  };
}

/** Steps at work at the same time. */
const atOnce = 8;

/** Every second step starts and is done; the others fail and are tried again, so that the stream never dries up. */
function* lives(nodes: readonly string[]): Generator<RunEventBody, never> {
  const running: [node: string, attempt: number][] = [];
  const finished = new Set<string>();
  for (let n = 0; ; n++) {
    const node = nodes[n % nodes.length]!;
    const attempt = 1 + Math.floor(n / nodes.length);
    if (finished.has(node)) continue;
    running.push([node, attempt]);
    yield { type: 'step.started', node, attempt };
    if (running.length < atOnce) continue;
    const [last, tried] = running.shift()!;
    if (nodes.indexOf(last) % 2 === 0) {
      finished.add(last);
      yield { type: 'step.done', node: last, port: 'out', pass: true, ms: 250 };
    } else {
      const error = { code: 'provider_unavailable', message: 'The server asks for patience' } as const;
      yield { type: 'step.failed', node: last, attempt: tried, error, ms: 250, retryAt: Date.now() + 60_000 };
    }
  }
}
