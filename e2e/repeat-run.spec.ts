import { lineOf } from './support/account.ts';
import { expect, test } from './support/journey.ts';
import type { RunSummary } from '../shared/workflow/run.ts';
import type { Workflow } from '../shared/api/workflows.ts';

test('a failed run is tried again, a step is run again, all with the keyboard', async ({ page, person }) => {
  const graph = lineOf(
    ['manual_1', 'manual', {}, { title: 'Start by hand' }],
    ['note', 'set', { fields: [{ name: 'note', value: 'kept' }] }, { title: 'Note' }],
    ['call', 'http-request', { url: 'http://127.0.0.1:9/', method: 'GET' }, { title: 'Call' }],
  );
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Caller', graph });
  const first = await person.api<RunSummary>('POST', `/workflows/${id}/runs`, { payload: {} });

  await page.goto(`/runs/${first.id}`);
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByText('Tried again: the earlier run')).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(first.id));
  const retry = new URL(page.url()).pathname;

  await page
    .getByRole('list', { name: 'Steps in the order of the flow' })
    .getByRole('button', { name: /^\d*\s*Note/ })
    .press('Enter');
  await page.getByRole('button', { name: 'Rerun from here' }).press('Enter');
  await expect(page.getByRole('dialog')).toContainText('“Note”, “Call”');
  await page.getByRole('dialog').getByRole('button', { name: 'Rerun' }).press('Enter');
  await expect(page.getByText('Rerun: the earlier run')).toBeVisible();
  await page.getByRole('link', { name: 'the earlier run' }).press('Enter');
  await expect(page).toHaveURL(retry);

  // The first run was tried again already; its repeat and the rerun failed too.
  await page.goto('/runs');
  await page.getByRole('button', { name: 'Retry failed' }).press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '2 runs failed' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByText('2 runs were started again.')).toBeVisible();
});
