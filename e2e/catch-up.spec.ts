import type { WebSocketRoute } from '@playwright/test';
import type { Approval } from '../shared/api/approvals.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import type { RunEvent, RunSummary } from '../shared/workflow/run.ts';
import { allRunsEnded, lineOf, type Account } from './support/account.ts';
import { openEditor, step } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const wait = lineOf(
  ['manual_1', 'manual', {}],
  ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }],
  ['delay_1', 'delay', { mode: 'for', amount: 12, unit: 'seconds' }],
  ['set_2', 'set', { fields: [{ name: 'b', value: '2' }] }],
);
/** It goes on when the test says so, however slow the machine is. */
const asking = lineOf(
  ['manual_1', 'manual', {}],
  ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }],
  ['approval_1', 'approval', { title: 'Go on?' }],
);
const graph: WorkflowGraph = {
  ...asking,
  nodes: [...asking.nodes, { ...wait.nodes[3]!, position: { x: 0, y: 360 } }],
  edges: [...asking.edges, edgeBetween('approval_1', 'set_2', 'approved')],
};

/** What the browser's side of Socket.IO says when it has changed from polling to a WebSocket. */
const upgraded = '5';

async function started(person: Account): Promise<{ workflow: Workflow; run: RunSummary }> {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Asks', graph });
  const run = await person.api<RunSummary>('POST', `/workflows/${workflow.id}/runs`, {});
  return { workflow, run };
}

/** Says yes to what the run asks. */
async function approve(person: Account, runId: string): Promise<void> {
  const { items } = await person.api<{ items: Approval[] }>('GET', `/approvals?runId=${runId}`);
  await person.api('POST', `/approvals/${items[0]!.id}/decision`, { decision: 'approved' });
}

async function journal(person: Account, runId: string): Promise<RunEvent[]> {
  return (await person.api<{ events: RunEvent[] }>('GET', `/runs/${runId}/events`)).events;
}

test('a reload in the middle of a run shows all of it, without a gap', async ({ page, person }) => {
  // A browser that has loaded the page before: the run is to be on its way when it is looked at.
  await page.goto(`/runs/${(await started(person)).run.id}`);
  await expect(step(page, 'set_1')).toBeVisible();
  const { run } = await started(person);
  await page.goto(`/runs/${run.id}`);
  await expect(step(page, 'approval_1').locator('.mw-step')).toHaveAttribute('data-status', /running|waiting/);
  await page.reload();
  await expect(step(page, 'set_1').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(step(page, 'approval_1').locator('.mw-step')).toHaveAttribute('data-status', /running|waiting/);
  await page.getByRole('button', { name: 'Log' }).click();
  await approve(person, run.id);
  await expect(step(page, 'set_2').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(page.locator('.mw-log-lines')).toContainText('The run is done');
  const events = await journal(person, run.id);
  await expect(page.locator('.mw-log-line:not([data-tone="dim"])')).toHaveCount(events.length);
});

test('a lost connection says so, and what happened meanwhile is caught up', async ({ page, person }) => {
  let open: WebSocketRoute[] = [];
  let cut = false;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (cut) return void socket.close();
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (message === upgraded) open.push(socket);
      server.send(message);
    });
  });
  await page.route(/socket\.io/, (route) => (cut ? route.abort() : route.continue()));
  const { run } = await started(person);
  await page.goto(`/runs/${run.id}`);
  const bar = page.locator('#content').getByText('Reconnecting…');
  await expect(step(page, 'approval_1').locator('.mw-step')).toHaveAttribute('data-status', /running|waiting/);
  await expect.poll(() => open.length, 'the socket has left polling behind').toBe(1);
  cut = true;
  await Promise.all(open.map((socket) => socket.close()));
  open = [];
  await expect(bar).toBeVisible();
  const seen = (await journal(person, run.id)).length;
  await approve(person, run.id);
  await allRunsEnded(person, 1);
  // The end is written and this page does not know of it: what it shows later, it has caught up.
  const missed = (await journal(person, run.id)).length - seen;
  expect(missed, 'events while the line was cut').toBeGreaterThan(2);
  await expect(step(page, 'set_2').locator('.mw-step')).not.toHaveAttribute('data-status', 'done');
  cut = false;
  await expect(step(page, 'set_2').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(bar).toBeHidden();
  await page.getByRole('button', { name: 'Log' }).click();
  const events = await journal(person, run.id);
  await expect(page.locator('.mw-log-line:not([data-tone="dim"])')).toHaveCount(events.length);
});

test('the editor takes up a run again that was under way when it was reloaded', async ({ page, person }) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Waits', graph: wait });
  await openEditor(page, workflow.id);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(step(page, 'delay_1').locator('.mw-step')).toHaveAttribute('data-status', /running|waiting/);
  await page.reload();
  await expect(step(page, 'set_1').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(step(page, 'set_2').locator('.mw-step')).toHaveAttribute('data-status', 'done');
});
