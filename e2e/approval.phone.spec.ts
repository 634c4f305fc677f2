import type { InboxItem, InboxMail } from '../shared/api/inbox.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import { edgeBetween } from '../shared/workflow/graph.ts';
import type { RunSummary } from '../shared/workflow/run.ts';
import { lineOf, type Account } from './support/account.ts';
import { expect, test } from './support/journey.ts';

const line = lineOf(
  ['manual_1', 'manual', {}],
  ['approval_1', 'approval', { title: 'Send the offer to Grace?', approvers: 'boss@example.com' }],
  ['set_1', 'set', { fields: [{ name: 'sent', value: 'yes' }] }],
);

const graph = {
  ...line,
  edges: [edgeBetween('manual_1', 'approval_1'), edgeBetween('approval_1', 'set_1', 'approved')],
};

async function asked(person: Account): Promise<RunSummary> {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Offers', graph });
  const run = await person.api<RunSummary>('POST', `/workflows/${id}/runs`, {});
  await expect.poll(async () => (await statusOf(person, run.id)).status).toBe('waiting');
  return run;
}

const statusOf = (person: Account, id: string) => person.api<RunSummary>('GET', `/runs/${id}`);

test('on a phone: an approval on the home page is found, approved, and the run goes on', async ({ page, person }) => {
  const run = await asked(person);
  await page.goto('/');
  await expect(page.getByText('Send the offer to Grace?')).toBeVisible();
  const approve = page.getByRole('button', { name: 'Approve' });
  await approve.scrollIntoViewIfNeeded();
  // Big enough for a thumb, and nothing of the page is wider than the screen.
  expect((await approve.boundingBox())!.height).toBeGreaterThanOrEqual(30);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await approve.tap();
  await expect.poll(async () => (await statusOf(person, run.id)).status).toBe('done');
  await expect(page.getByText('Send the offer to Grace?')).toBeHidden();
});

test('on a phone: the link of the mail shows the question, and only its button decides', async ({
  browser,
  person,
  baseURL,
}) => {
  const run = await asked(person);
  const link = await linkInMail(person);
  // Whoever is asked has no account: another browser without a session.
  const context = await browser.newContext({
    baseURL: baseURL!,
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  try {
    const page = await context.newPage();
    await page.goto(link);
    await expect(page.getByText('Send the offer to Grace?')).toBeVisible();
    expect((await statusOf(person, run.id)).status).toBe('waiting');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Approve' }).tap();
    await expect.poll(async () => (await statusOf(person, run.id)).status).toBe('done');
  } finally {
    await context.close();
  }
});

async function linkInMail(person: Account): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const { items } = await person.api<{ items: InboxItem[] }>('GET', '/inbox');
      for (const { id } of items) {
        const { text } = await person.api<InboxMail>('GET', `/inbox/${id}`);
        link ??= /https?:\/\/\S*\/approve\/\S+/.exec(text)?.[0];
      }
      return link;
    })
    .toBeTruthy();
  return link!;
}
