import type { Workflow } from '../../shared/api/workflows.ts';
import type { RunEvent, RunSummary } from '../../shared/workflow/run.ts';
import type { Account } from '../../e2e/support/account.ts';
import { lanesOf } from './canvas-graph.ts';

/** A saved workflow, and a run of it that waits at its second step for a day. */
export interface Subject {
  nodes: number;
  workflowId: string;
  runId: string;
  lastSeq: number;
}

/** @throws Error when the run does not come to its wait within ten seconds. */
export async function prepare(person: Account, nodes: number): Promise<Subject> {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: `${nodes} steps`, graph: lanesOf(nodes) });
  const run = await person.api<RunSummary>('POST', `/workflows/${workflow.id}/runs`, { version: 'draft' });
  for (let tries = 0; tries < 200; tries++) {
    const { events } = await person.api<{ events: RunEvent[] }>('GET', `/runs/${run.id}/events`);
    const last = events.at(-1);
    if (last?.type === 'step.waiting') {
      return { nodes, workflowId: workflow.id, runId: run.id, lastSeq: last.seq };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the run of ${nodes} steps did not come to its wait`);
}

/** The workflow as the server has it. */
export async function draftOf(person: Account, { workflowId }: Subject): Promise<Workflow['graph']> {
  return (await person.api<Workflow>('GET', `/workflows/${workflowId}`)).graph;
}

/** What was dragged must have moved, by the draft that the editor saved: frames of a page that did nothing count for nothing. */
export async function expectMoved(
  person: Account,
  subject: Subject,
  id: string,
  before: Workflow['graph'],
): Promise<void> {
  const at = (graph: Workflow['graph']) => graph.nodes.find((node) => node.id === id)?.position;
  const was = at(before);
  for (let tries = 0; tries < 100; tries++) {
    const now = at(await draftOf(person, subject));
    if (now?.x !== was?.x || now?.y !== was?.y) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${id} of the workflow with ${subject.nodes} steps was not moved by the drag`);
}
