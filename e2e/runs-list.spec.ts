import type { Workflow } from '../shared/api/workflows.ts';
import type { RunSummary } from '../shared/workflow/run.ts';
import { allRunsEnded, lineOf } from './support/account.ts';
import { expect, test } from './support/journey.ts';

const quick = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
const slow = lineOf(['manual_1', 'manual', {}], ['delay_1', 'delay', { mode: 'for', amount: 1, unit: 'hours' }]);

test('runs are filtered by the address, come in live without moving rows, and are stopped several at once', async ({
  page,
  person,
}) => {
  const make = (name: string, graph: unknown) => person.api<Workflow>('POST', '/workflows', { name, graph });
  const start = ({ id }: Workflow) => person.api<RunSummary>('POST', `/workflows/${id}/runs`, {});
  const [digest, nap] = [await make('Daily digest', quick), await make('Long nap', slow)];
  await start(digest);
  await allRunsEnded(person, 1);
  for (let n = 0; n < 3; n++) await start(nap);

  await page.goto('/runs');
  const rows = page.locator('[data-run]');
  await expect(rows).toHaveCount(4);
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('digest');
  await expect(page).toHaveURL(/q=digest/);
  await expect(rows).toHaveCount(1);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('');
  await expect(rows).toHaveCount(4);
  await page.goto('/runs?status=failed&range=day');
  await expect(page.getByText('No run fits this filter.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all runs' }).click();
  await expect(rows).toHaveCount(4);

  // Nobody points at the list: a new run is there at once. With the pointer on it, it waits to be let in.
  await page.mouse.move(5, 5);
  await start(digest);
  await expect(rows).toHaveCount(5);
  await rows.nth(2).hover();
  await start(digest);
  await page.getByRole('button', { name: 'One new run' }).click();
  await expect(rows).toHaveCount(6);

  await page.goto(`/runs?workflow=${nap.id}`);
  await expect(rows).toHaveCount(3);
  await rows.nth(0).getByRole('link').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: 'Selected runs' }).getByRole('button', { name: 'Stop (2)' }).click();
  await expect(page.getByRole('dialog')).toContainText('Stop 2 runs?');
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(rows.filter({ hasText: 'Cancelled' })).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Waiting' })).toHaveCount(1);
});
