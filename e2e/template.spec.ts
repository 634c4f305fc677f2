import { readFile } from 'node:fs/promises';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test('a template is found, filled in, published, and answers the first lead of its form', async ({
  page,
  context,
  person,
}) => {
  await page.goto('/templates');
  const cards = page.getByRole('button', { name: /\d steps/ }).or(page.locator('[class*="card"]'));
  await expect(cards.nth(11), 'at least twelve').toBeVisible();
  await page.getByRole('textbox', { name: 'Search templates' }).fill('welcome lead');
  await page
    .getByRole('button', { name: /Welcome a new lead|Welcome/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Use template' }).click();
  await expect(dialog.getByText(/fill|enter|required/i).first()).toBeVisible();
  await dialog.getByLabel('Your company').fill('Analytical Engines');
  await dialog.getByLabel('What you offer, in a sentence or two').fill('We build machines that count.');
  await dialog.getByLabel('Where enquiries go').fill('sales@example.com');
  await dialog.getByRole('button', { name: 'Use template' }).click();
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/);
  await expect(steps(page).first()).toBeVisible();
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const { graph, problems, triggers } = await person.api<Workflow>('GET', `/workflows/${id}`);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  expect(JSON.stringify(graph)).not.toContain('[[');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('Version 1 is live')).toBeVisible();

  const visitor = await context.newPage();
  await visitor.goto(triggers[0]!.url!);
  await expect(visitor.getByRole('heading', { name: 'Contact Analytical Engines' })).toBeVisible();
  await visitor.getByLabel('Your name').fill('Grace Hopper');
  await visitor.getByLabel('E-mail').fill('grace@example.com');
  await visitor.getByLabel('What can we do for you?').fill('We need a compiler.');
  await visitor.getByRole('button', { name: 'Send' }).click();
  await expect(visitor.getByText('Thank you!')).toBeVisible();

  await page.goto('/inbox');
  await expect(page.getByRole('button', { name: /To grace@example\.com/ })).toBeVisible();
  await page.getByRole('button', { name: /To grace@example\.com/ }).click();
  await expect(page.getByRole('heading', { name: 'Your enquiry at Analytical Engines' })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('Hello Grace');
  await expect(page.getByRole('button', { name: /To sales@example\.com/ })).toBeVisible();
});

test("one's own workflow becomes a template, and a workflow again", async ({ page, person }) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  await person.api<Workflow>('POST', '/workflows', { name: 'Mine to keep', graph });
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'More for Mine to keep' }).click();
  await page.getByRole('menuitem', { name: 'Save as template…' }).click();
  const saving = page.getByRole('dialog', { name: 'Save as template' });
  await saving.getByLabel('Name').fill('Kept');
  await saving.getByLabel('What it is for').fill('To be used again');
  await saving.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByText('“Kept” is among your templates')).toBeVisible();

  await page.goto('/templates');
  await page.getByText('Your own', { exact: true }).first().click();
  await page.getByRole('button', { name: /Kept/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use template' }).click();
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/);
  await expect(steps(page)).toHaveCount(2);
  expect((await person.api<{ items: unknown[] }>('GET', '/workflows')).items).toHaveLength(2);
});

test('a workflow leaves as a file without its key and comes back; a file that is none says what is wrong', async ({
  page,
  person,
}) => {
  const headers = [{ name: 'Authorization', value: 'Bearer hunter2hunter2' }];
  const graph = lineOf(
    ['manual_1', 'manual', {}],
    ['ask_1', 'http-request', { url: 'https://api.example.com', headers }],
  );
  await person.api<Workflow>('POST', '/workflows', { name: 'Ask the shop', graph });
  await page.goto('/workflows');
  await page.getByRole('button', { name: 'More for Ask the shop' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as a file' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('ask-the-shop.json');
  const text = await readFile(await saved.path(), 'utf8');
  expect(text).not.toContain('hunter2');

  await page.goto('/workflows');
  await page.getByRole('button', { name: 'New workflow' }).click();
  await page.getByRole('menuitem', { name: /From a file/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a workflow' });
  const choose = async (content: string) => {
    const file = { name: 'workflow.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await page.locator('input[type=file]').setInputFiles(file);
    await dialog.getByRole('button', { name: 'Import' }).click();
  };
  await choose('{');
  await expect(dialog.getByText('This file is not JSON')).toBeVisible();
  await choose(text.replace('"http-request"', '"shell"'));
  await expect(dialog.getByRole('alert')).toContainText('graph.nodes.1.kind: there is no kind of step “shell” here');
  await choose(text);
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/);
  await expect(steps(page)).toHaveCount(2);
  await expect(page.getByText(/Fill them in again in:/)).toBeVisible();
});
