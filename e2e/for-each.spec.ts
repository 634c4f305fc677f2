import { connections, drag, openEditor, step, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';

const orders = Array.from({ length: 23 }, (_, n) => ({
  email: n === 6 ? 'nobody' : `buyer${n}@example.com`,
  name: `Buyer ${n}`,
}));

const graph: WorkflowGraph = {
  nodes: [
    {
      id: 'start',
      kind: 'manual',
      version: 1,
      title: 'Start by hand',
      config: { payload: JSON.stringify({ orders }) },
      position: { x: 28, y: 0 },
    },
    {
      id: 'each',
      kind: 'for-each',
      version: 1,
      title: 'For each order',
      config: { items: '{{ trigger.orders }}', onItemError: 'continue' },
      position: { x: 0, y: 112 },
    },
    {
      id: 'thank',
      kind: 'email-send',
      version: 1,
      title: 'Thank the buyer',
      parent: 'each',
      config: { to: '{{ item.email }}', subject: 'Thank you, {{ item.name }}', text: 'It is on its way.' },
      position: { x: 28, y: 112 },
    },
  ],
  edges: [edgeBetween('start', 'each'), edgeBetween('each', 'thank', 'each')],
  direction: 'down',
};

test('a step is dragged out of a container and back, and the container runs for each item', async ({
  page,
  person,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Thanks', graph });
  await openEditor(page, id);
  await expect(steps(page)).toHaveCount(3);
  await expect(connections(page)).toHaveCount(2);

  await drag(page, step(page, 'thank'), { x: 420, y: 0 });
  await expect(connections(page)).toHaveCount(1);
  await expect(page.getByText('Add a step to run for each item')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(connections(page)).toHaveCount(2);
  await expect(step(page, 'thank')).toHaveAttribute('aria-label', /inside For each order/);

  await page.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('dialog');
  await expect(preview.getByRole('article')).toContainText('Thank you, Buyer 0');
  await preview.getByRole('button', { name: 'Next mail' }).click();
  await expect(preview.getByRole('article')).toContainText('Thank you, Buyer 1');
  await preview.getByRole('button', { name: /^Confirm and send/ }).click();

  await expect(step(page, 'thank')).toContainText('1 failed · 22 done');
  await expect(step(page, 'each')).toContainText('23 items');
  await expect(page.locator('.mw-edge-label', { hasText: '23 items' })).toBeVisible();
  await step(page, 'thank').click();
  await page.getByRole('tab', { name: 'Output' }).click();
  await page.getByRole('button', { name: 'Item 7, which failed' }).click();
  await expect(page.getByText('is not an e-mail address')).toBeVisible();
});
