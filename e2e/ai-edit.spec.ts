import type { Workflow } from '../shared/api/workflows.ts';
import { expectSaved, steps } from './support/editor.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/journey.ts';

const titles = ({ graph }: Workflow) => graph.nodes.map(({ title }) => title);

test('a prompt becomes a workflow, a change is rejected, another is taken in part, undone, redone and published', async ({
  page,
  person,
}) => {
  await page.goto('/workflows/new');
  await page
    .getByRole('textbox', { name: 'Describe a workflow' })
    .fill('When a webhook arrives, wait 2 days, then send a reminder to the customer');
  await page.keyboard.press('Enter');
  await page.getByRole('group', { name: 'Proposal' }).getByRole('button', { name: 'Keep' }).click();
  await expect(steps(page)).toHaveCount(3);
  await expectSaved(page);
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const saved = () => person.api<Workflow>('GET', `/workflows/${id}`);
  const before = await saved();

  // What stands there is never replaced: the bar asks for a change.
  const bar = page.getByRole('textbox', { name: 'Ask for a change' });
  await bar.fill('Remove the wait');
  await page.keyboard.press('Enter');
  const review = page.getByRole('group', { name: 'Proposed change' });
  await expect(review.getByRole('button', { name: '1 removed' })).toBeVisible();
  await expect(page.locator('.mw-step[data-mark="removed"]')).toHaveCount(1);
  await expect(page.locator('.mw-mark[data-mark="removed"]')).toBeVisible();
  await expect(page.getByRole('log', { name: 'Conversation' })).toContainText('Removed “');
  expect((await saved()).graph).toEqual(before.graph);
  await review.getByRole('button', { name: 'Reject' }).click();
  await expect(review).toBeHidden();
  await expect(steps(page)).toHaveCount(3);
  await expect(page.getByRole('log', { name: 'Conversation' })).toContainText('Rejected');

  // A second request, of which one part is left out on the canvas.
  await bar.fill(
    'Ask me for approval before sending, change the waiting time to 5 days and rename the reminder to "Last call"',
  );
  await page.keyboard.press('Enter');
  await expect(review.getByRole('button', { name: '1 added, 2 changed' })).toBeVisible();
  await expect(page.locator('.mw-step[data-mark="added"]')).toHaveCount(1);
  await page.getByRole('button', { name: /^New: “Ask for approval”/ }).click();
  await expect(review.getByRole('button', { name: 'Accept 2' })).toBeVisible();
  await page.getByRole('button', { name: /^Left out: “Ask for approval”/ }).click();
  await review.getByRole('button', { name: '1 added, 2 changed' }).click();
  await review.getByRole('checkbox', { name: /^Change “Wait/ }).click();
  await expectAccessible(page, 'a proposed change');
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(review).toBeHidden();
  await expect(steps(page)).toHaveCount(4);
  await expectSaved(page);
  const after = await saved();
  expect(titles(after)).toContain('Last call');
  expect(after.graph.nodes.find(({ kind }) => kind === 'delay')?.config).toMatchObject({ amount: 2 });

  // One undo takes all of it back.
  await page.getByRole('log', { name: 'Conversation' }).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(steps(page)).toHaveCount(3);
  await expectSaved(page);
  expect((await saved()).graph).toEqual(before.graph);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(steps(page)).toHaveCount(4);
  await expectSaved(page);

  // The conversation is there after a reload.
  await page.reload();
  await page.getByRole('button', { name: 'Assistant', exact: true }).click();
  const log = page.getByRole('log', { name: 'Conversation' });
  await expect(log).toContainText('Accepted in part');
  await expect(log).toContainText('Remove the wait');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live')).toBeVisible();
});

test('a failed run is looked into, and what it proposes mends it', async ({ page, person }) => {
  const graph = {
    nodes: [
      {
        id: 'manual_1',
        kind: 'manual',
        version: 1,
        title: 'Start',
        config: { payload: '{"email":"grace@example.com"}' },
        position: { x: 0, y: 0 },
      },
      {
        id: 'mail',
        kind: 'email-send',
        version: 1,
        title: 'Write to Grace',
        config: { to: '{{ trigger.emial }}', subject: 'Hello', text: 'Hello' },
        position: { x: 0, y: 112 },
      },
    ],
    edges: [{ id: 'manual_1:out>mail:in', source: 'manual_1', sourcePort: 'out', target: 'mail', targetPort: 'in' }],
    direction: 'down',
  };
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Greet', graph });
  const run = await person.api<{ id: string }>('POST', `/workflows/${workflow.id}/runs`, {
    payload: { email: 'grace@example.com' },
  });
  await page.goto(`/runs/${run.id}`);
  await page.getByRole('link', { name: 'Fix with AI' }).click();
  const review = page.getByRole('group', { name: 'Proposed change' });
  await expect(review.getByRole('button', { name: '1 changed' })).toBeVisible();
  await expect(page.getByRole('log', { name: 'Conversation' })).toContainText(
    '{{ trigger.email }} holds what was probably meant',
  );
  await review.getByRole('button', { name: 'Accept all' }).click();
  await expectSaved(page);
  const { graph: mended } = await person.api<Workflow>('GET', `/workflows/${workflow.id}`);
  expect(mended.nodes[1]?.config['to']).toBe('{{ trigger.email }}');
});
