import { createTransport } from 'nodemailer';
import { expect, vi } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { TestDatabase } from '../database/testing.ts';
import type { TestProduct } from '../testing.ts';
import { textOf, type Person } from './testing.ts';

export const graph = {
  nodes: [
    { id: 'manual_1', kind: 'manual', version: 1, title: 'Start', config: {}, position: { x: 0, y: 0 } },
    {
      id: 'email_send_1',
      kind: 'email-send',
      version: 1,
      title: 'Mail',
      config: { to: 'ada@example.com', subject: 'Private plan', text: 'Private plan' },
      position: { x: 0, y: 120 },
    },
  ],
  edges: [edgeBetween('manual_1', 'email_send_1')],
  direction: 'down',
};

/** Whose workspace it is, and one of its members. */
interface Ours {
  db: TestDatabase;
  server: TestProduct;
  workspace: string;
  owner: Person;
  leaver: Person;
}

/** Makes one of each thing that a workspace can own and gives their ids. Their names, subjects and texts all say "Private plan". */
export async function objectsOf({ db, server, workspace, owner, leaver }: Ours) {
  const get = async (path: string) => (await owner.send('GET', `/api/v1${path}`)).body;
  const make = async (path: string, body: unknown): Promise<string> => {
    const answer = await owner.send('POST', `/api/v1${path}`, body);
    if (answer.status !== 201 && answer.status !== 200)
      throw new Error(`${path} gave ${answer.status}: ${JSON.stringify(answer.body)}`);
    return textOf(answer.body['id']);
  };

  async function makeObjects() {
    const workflow = await make('/workflows', { name: 'Private plan', graph });
    await make(`/workflows/${workflow}/publish`, { revision: 1 });
    const run = await make(`/workflows/${workflow}/runs`, { payload: { note: 'Private plan'.repeat(4_000) } });
    await reaches(run, 'done');
    const resting = await make('/workflows', { name: 'Private plan', graph: delayed() });
    const paused = await make(`/workflows/${resting}/runs`, { payload: {} });
    await reaches(paused, 'waiting');
    await make(`/runs/${paused}/pause`, {});
    await vi.waitFor(async () => expect((await get(`/runs/${paused}`))['paused']).not.toBeNull());
    return {
      workflow,
      run,
      payload: textOf((await get(`/runs/${run}`))['events']?.[0]?.['payloads']?.[0]?.['ref']),
      resting: await make(`/workflows/${resting}/runs`, { payload: {} }),
      pausable: await make(`/workflows/${resting}/runs`, { payload: {} }),
      paused,
      approval: await openApproval(),
      ...(await conversationOf(workflow)),
      preview: await make(`/workflows/${workflow}/previews`, { revision: 1, payload: {} }),
      template: await make('/templates', { workflowId: workflow, name: 'Private plan' }),
      keptDraft: await make(`/workflows/${workflow}/kept-drafts`, { graph, reason: 'restore' }),
      key: await make('/api-keys', { name: 'Private plan' }),
      invitation: await make('/workspace/invitations', { email: 'private@example.com', role: 'viewer' }),
      mail: await mailWithAttachment(),
      workspace,
      heldMail: await heldMail(),
      member: await memberId(),
    };
  }

  /** A conversation with a proposal that is still open. */
  async function conversationOf(workflowId: string): Promise<{ conversation: string; proposal: string }> {
    const request = 'Rename the mail to "Private plan"';
    const { status } = await owner.send('POST', `/api/v1/workflows/${workflowId}/edit`, { request, graph });
    expect(status).toBe(200);
    const { items } = await get(`/workflows/${workflowId}/conversations`);
    const conversation = textOf(items?.[0]?.['id']);
    const { rows } = await db.pool.query<{ id: string }>(
      `SELECT id FROM messages WHERE conversation_id = $1 AND role = 'assistant'`,
      [conversation],
    );
    return { conversation, proposal: rows[0]!.id };
  }

  async function openApproval(): Promise<string> {
    const [manual, mail] = graph.nodes;
    const asking = { ...graph, nodes: [manual, { ...mail, kind: 'approval', config: { title: 'Private plan' } }] };
    const workflow = await make('/workflows', { name: 'Private plan', graph: asking });
    const run = await make(`/workflows/${workflow}/runs`, { payload: {} });
    await reaches(run, 'waiting');
    return textOf((await get(`/approvals?runId=${run}`))['items']?.[0]?.['id']);
  }

  async function reaches(id: string, status: string): Promise<void> {
    await vi.waitFor(async () => expect((await get(`/runs/${id}`))['status']).toBe(status), { timeout: 10_000 });
  }

  function delayed() {
    const [manual, mail] = graph.nodes;
    return { ...graph, nodes: [manual, { ...mail, kind: 'delay', config: { amount: 1, unit: 'days' } }] };
  }

  async function mailWithAttachment(): Promise<string> {
    const transport = createTransport(server.smtpUrl);
    await transport.sendMail({
      from: 'a@example.com',
      to: 'b@example.com',
      subject: 'Private plan with a file',
      text: 'Private plan',
      headers: { 'X-Mailweave-Workspace': workspace },
      attachments: [{ filename: 'plan.txt', content: 'Private plan' }],
    });
    transport.close();
    const { items } = await get('/inbox');
    return textOf(items?.[0]?.['id']);
  }

  async function heldMail(): Promise<string> {
    const [manual, mail] = graph.nodes;
    const [, delay] = delayed().nodes;
    const nodes = [manual, mail, { ...delay, id: 'delay_1' }];
    const edges = [...graph.edges, edgeBetween('email_send_1', 'delay_1')];
    const workflow = await make('/workflows', {
      name: 'Private plan',
      graph: { ...graph, nodes, edges, settings: { holdMails: true } },
    });
    await reaches(await make(`/workflows/${workflow}/runs`, { payload: {} }), 'waiting');
    return textOf((await get('/inbox/held')).items?.[0]?.['id']);
  }

  async function memberId(): Promise<string> {
    const { rows } = await db.pool.query<{ id: string }>(
      'SELECT m.id FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = $1 AND u.email = $2',
      [workspace, leaver.email],
    );
    return rows[0]!.id;
  }

  const objects = await makeObjects();
  for (const id of [objects.resting, objects.pausable]) await reaches(id, 'waiting');
  return objects;
}
