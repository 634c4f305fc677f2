import type { Workflow } from '../shared/api/workflows.ts';
import type { RunSummary } from '../shared/workflow/run.ts';
import type { Approval } from '../shared/api/approvals.ts';
import { edgeBetween } from '../shared/workflow/graph.ts';
import { lineOf } from './support/account.ts';
import { expect, test } from './support/journey.ts';

const line = lineOf(
  ['manual_1', 'manual', {}],
  ['email_send_1', 'email-send', { to: 'grace@example.com', subject: 'Your offer', text: 'Dear Grace' }],
  ['approval_1', 'approval', { title: 'All offers written?' }],
  ['set_1', 'set', { fields: [{ name: 'sent', value: 'yes' }] }],
);
const graph = {
  ...line,
  edges: [
    edgeBetween('manual_1', 'email_send_1'),
    edgeBetween('email_send_1', 'approval_1'),
    edgeBetween('approval_1', 'set_1', 'approved'),
  ],
  settings: { holdMails: true },
};

test('a held mail stands in the inbox, can be read, and arrives there when its run has succeeded', async ({
  page,
  person,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Offers', graph });
  await page.goto('/inbox');
  await expect(page.getByText('No mail yet')).toBeVisible();
  const run = await person.api<RunSummary>('POST', `/workflows/${id}/runs`, {});
  const held = page.getByRole('region', { name: 'Held mails' });
  await held.getByRole('button', { name: 'Your offer' }).click();
  const reader = page.getByRole('article');
  await expect(reader.getByText('“Offers” sends this mail when its run has succeeded')).toBeVisible();
  await expect(reader.getByText('Dear Grace')).toBeVisible();
  await expect(reader.getByRole('link', { name: 'Open the run' })).toHaveAttribute('href', `/runs/${run.id}`);

  const { items } = await person.api<{ items: Approval[] }>('GET', `/approvals?runId=${run.id}`);
  await person.api('POST', `/approvals/${items[0]!.id}/decision`, { decision: 'approved' });
  await expect(reader.getByText('Not held any more')).toBeVisible();
  await expect(held).toBeHidden();
  await page.getByRole('button', { name: 'Your offer' }).click();
  await expect(reader.getByText('Arrived')).toBeVisible();
});
