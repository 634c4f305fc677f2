import type { Workflow } from '../../shared/api/workflows.ts';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { edgeBetween, type WorkflowEdge, type WorkflowGraph, type WorkflowNode } from '../../shared/workflow/graph.ts';

/** Somebody who uses the REST API with a session cookie. */
export interface Account {
  email: string;
  cookie: string;
  /** Calls `/api/v1…`. @throws Error with status and body when the answer is no 2xx. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** An answer that takes longer is a hang. */
const apiTimeoutMs = 60_000;

export const password = 'correct horse battery staple';

/** Signs a new person up; the workspace comes with it. */
export async function signUp(
  url: string,
  email = `person-${crypto.randomUUID()}@example.com`,
  name = 'Ada Lovelace',
): Promise<Account> {
  const answer = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name, email, password }),
  });
  if (!answer.ok) throw new Error(`sign-up gave ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return accountAt(url, email, cookie);
}

/** The same person at another address of the same installation: after a restart the port is another one. */
export function accountAt(url: string, email: string, cookie: string): Account {
  return {
    email,
    cookie,
    async api<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', cookie, origin: url },
        signal: AbortSignal.timeout(apiTimeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} gave ${answer.status}: ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    },
  };
}

/** A straight line of steps: `[id, kind, config]` each. */
export function lineOf(
  ...steps: [id: string, kind: string, config: Record<string, unknown>, more?: Partial<WorkflowNode>][]
): WorkflowGraph {
  const nodes = steps.map(([id, kind, config, more], i) => ({
    id,
    kind,
    version: 1,
    title: id,
    config,
    position: { x: 0, y: i * 120 },
    ...more,
  }));
  const edges: WorkflowEdge[] = steps.slice(1).map(([id], i) => edgeBetween(steps[i]![0], id));
  return { nodes, edges, direction: 'down' };
}

/** Creates and publishes; returns the public addresses by trigger node. */
export async function publish(
  account: Account,
  name: string,
  graph: WorkflowGraph,
): Promise<{ workflow: Workflow; urls: Record<string, string> }> {
  const workflow = await account.api<Workflow>('POST', '/workflows', { name, graph });
  const { triggers } = await account.api<Pick<Workflow, 'triggers'>>('POST', `/workflows/${workflow.id}/publish`, {
    revision: workflow.revision,
  });
  const urls = Object.fromEntries(triggers.flatMap(({ nodeId, url }) => (url ? [[nodeId, url]] : [])));
  return { workflow, urls };
}

/** Waits until every run of the workspace has ended. @throws Error when that takes longer. */
export async function allRunsEnded(account: Account, atLeast: number, timeoutMs = 20_000): Promise<RunSummary[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const { items } = await account.api<{ items: RunSummary[] }>('GET', '/runs?limit=100');
    if (items.length >= atLeast && items.every((run) => ['done', 'failed', 'cancelled'].includes(run.status)))
      return items;
    if (Date.now() > deadline)
      throw new Error(`runs still open: ${JSON.stringify(items.map(({ id, status }) => [id, status]))}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
