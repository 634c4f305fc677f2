import type { Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { accountAt, password } from './support/account.ts';
import { drag, expectSaved, openStep, step, steps, write } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const sentence = 'Write a short thank-you note for Grace and send it to grace@example.com with the subject "Thank you"';

test('a sentence becomes a graph, is changed, previewed, confirmed and run, and its mail is read', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill(`ada-${crypto.randomUUID()}@example.com`);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();

  await page.getByRole('textbox', { name: 'What should happen?' }).fill(sentence);
  const counts = await countSteps(page);
  await page.getByRole('button', { name: 'Make the workflow' }).click();
  const proposal = page.getByRole('group', { name: 'Proposal' });
  await expect(proposal).toContainText('it is started by hand');
  await expect(steps(page)).toHaveCount(3);
  expect(await counts(), 'the steps appear one by one').toEqual([1, 2, 3]);
  await proposal.getByRole('button', { name: 'Keep' }).click();
  await expectSaved(page);

  const cookies = await context.cookies();
  const person = accountAt(baseURL!, '', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const saved = async () => (await person.api<Workflow>('GET', `/workflows/${id}`)).graph;
  const placeOf = async () => (await saved()).nodes.find((node) => node.id === 'email_send_1')!.position;
  const before = await placeOf();
  await drag(page, step(page, 'email_send_1').locator('.mw-step-title'), { x: 160, y: 40 });
  await expect(page.getByRole('button', { name: /^Undo: Move/ })).toBeVisible();
  await expect.poll(placeOf).not.toEqual(before);

  await openStep(page, 'email_send_1');
  await write(page, 'subject', 'Thank you, Grace');
  await expect
    .poll(async () => (await saved()).nodes.find((node) => node.id === 'email_send_1')!.config)
    .toMatchObject({
      subject: 'Thank you, Grace',
    });

  await page.getByRole('button', { name: 'Preview' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Generate the AI text now' }).click();
  const mail = drawer.getByRole('article', { name: /^Mail of/ });
  await expect(mail).toContainText('exact');
  await expect(mail).toContainText('Thank you, Grace');
  await expect(drawer).toContainText('Exactly these bytes are sent');
  await expect(drawer.getByRole('row', { name: /Built-in/ })).toContainText('free');
  const shown = await mail.locator('.mw-mail-text').innerText();
  expect(shown.length).toBeGreaterThan(20);
  await drawer.getByRole('button', { name: 'Confirm and send 1 mail' }).click();

  for (const node of ['manual_1', 'ai_generate_1', 'email_send_1']) {
    await expect(step(page, node).locator('.mw-step')).toHaveAttribute('data-status', 'done');
  }
  await expect(step(page, 'email_send_1')).toHaveAttribute('aria-label', /done/);

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('button', { name: /To grace@example\.com/ }).click();
  await expect(page.getByRole('heading', { name: 'Thank you, Grace' })).toBeVisible();
  await page.getByRole('tab', { name: 'Text' }).click();
  expect((await page.getByRole('tabpanel').locator('pre').innerText()).trim()).toBe(shown.trim());
});

/** Notes every number of steps that stood on the canvas from now on, until it is asked. */
async function countSteps(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const counts: number[] = [];
    const look = () => {
      const count = document.querySelectorAll('.react-flow__node').length;
      if (count > 0 && count !== counts.at(-1)) counts.push(count);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    Object.assign(window, { countsOfSteps: counts });
  });
  return () => page.evaluate(() => (window as unknown as { countsOfSteps: number[] }).countsOfSteps);
}
