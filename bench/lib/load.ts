import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadResult {
  connections: number;
  answers: number;
  errors: number;
  /** Answers per second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
}

export interface Load {
  url: string;
  connections: number;
  /** Both end the load, whichever comes first. */
  seconds: number;
  maxRequests: number;
  /** The same for all, or by the number of the request, from 0. */
  body: string | ((number: number) => string);
  /** An answer with another status is an error. */
  status: number;
  /** How long a connection rests after an answer; default: not at all. */
  pauseMs?: number;
}

/** Sends the same POST over kept-alive connections, each as soon as the one before it was answered. Loopback only, bounded in time and number. */
export async function load(given: Load): Promise<LoadResult> {
  const target = new URL(given.url);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname)) throw new Error('load goes to loopback only');
  const agent = new Agent({ keepAlive: true, maxSockets: given.connections });
  const latencies: number[] = [];
  let errors = 0;
  let sent = 0;
  const begun = performance.now();
  const deadline = begun + given.seconds * 1_000;
  await Promise.all(
    Array.from({ length: given.connections }, async () => {
      while (performance.now() < deadline && sent < given.maxRequests) {
        const body = typeof given.body === 'string' ? given.body : given.body(sent);
        sent++;
        const at = performance.now();
        if (await post(target, agent, body, given.status)) latencies.push(performance.now() - at);
        else errors++;
        if (given.pauseMs) await sleep(given.pauseMs);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0;
  return {
    connections: given.connections,
    answers: latencies.length,
    errors,
    rate: latencies.length / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    max: latencies.at(-1) ?? 0,
  };
}

function post(target: URL, agent: Agent, body: string, status: number): Promise<boolean> {
  return new Promise((resolve) => {
    const outgoing = request(
      target,
      {
        method: 'POST',
        agent,
        timeout: 30_000,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode === status));
        answer.on('error', () => resolve(false));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(false));
    outgoing.end(body);
  });
}
