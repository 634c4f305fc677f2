import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { openEditor, openStep } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test('a published webhook starts a run that appears by itself and opens with input, output and timing of each step', async ({
  page,
  context,
  person,
}) => {
  const graph = lineOf(
    ['webhook_1', 'webhook', {}],
    ['set_1', 'set', { fields: [{ name: 'name', value: '{{ trigger.body.name | upcase }}' }] }],
    [
      'email_send_1',
      'email-send',
      {
        to: 'grace@example.com',
        subject: 'New: {{ steps.set_1.name }}',
        format: 'text',
        text: 'Hello {{ input.name }}',
      },
    ],
  );
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'New leads', graph });
  await openEditor(page, workflow.id);
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Live' })).toBeChecked();
  const panel = await openStep(page, 'webhook_1');
  const address = await panel.getByLabel('Address to call').inputValue();
  expect(address).toMatch(/\/hooks\/\S{20,}/);

  const runs = await context.newPage();
  await runs.goto('/runs');
  await expect(runs.getByText('New leads')).toHaveCount(0);
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada' }),
  });
  expect(answer.status).toBe(202);

  const row = runs.getByRole('link', { name: /New leads/ });
  await expect(row, 'without a reload').toBeVisible();
  await expect(row).toContainText(/done/i);
  await row.click();
  await expect(runs).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  const list = runs.getByRole('complementary', { name: 'Steps of the run' });
  await expect(list).toContainText('version 1');
  await expect(list.getByRole('listitem')).toHaveCount(3);
  for (const item of await list.getByRole('listitem').all()) await expect(item).toContainText(/\d+(\.\d+)? m?s/);

  await list.getByRole('button', { name: /set_1 Sets/ }).click();
  const settings = runs.getByRole('complementary', { name: 'Settings of the step' });
  await settings.getByRole('tab', { name: 'Input' }).click();
  await expect(settings).toContainText('From the run on the canvas');
  await expect(settings.getByRole('tabpanel')).toContainText('Ada');
  await settings.getByRole('tab', { name: 'Output' }).click();
  await expect(settings.getByRole('tabpanel')).toContainText('ADA');
  await settings.getByRole('tab', { name: 'Log' }).click();
  await expect(settings.getByRole('tabpanel')).toContainText(/Status\s*done/);
  await expect(settings.getByRole('tabpanel')).toContainText(/Took\s*\d/);

  await page.locator('label', { hasText: 'Live' }).click();
  await expect(page.getByRole('switch', { name: 'Live' })).not.toBeChecked();
  await expect.poll(async () => (await fetch(address, { method: 'POST' })).status).toBe(404);
});
