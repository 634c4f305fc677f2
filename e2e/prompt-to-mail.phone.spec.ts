import { steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test('on a phone a sentence becomes a mail with the thumb', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await page.goto('/');
  await page
    .getByRole('textbox', { name: 'What should happen?' })
    .fill('Write a short thank-you note for Grace and send it to grace@example.com with the subject "Thank you"');
  await page.getByRole('button', { name: 'Make the workflow' }).tap();
  await expect(steps(page)).toHaveCount(3);
  await page.getByRole('group', { name: 'Proposal' }).getByRole('button', { name: 'Keep' }).tap();
  await page.getByRole('button', { name: 'Run', exact: true }).tap();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Generate the AI text now' }).tap();
  await expect(sheet.getByRole('article', { name: /^Mail of/ })).toContainText('exact');
  const shown = await sheet.locator('.mw-mail-text').innerText();
  await sheet.getByRole('button', { name: 'Confirm and send 1 mail' }).tap();
  await expect(steps(page).last().locator('.mw-step')).toHaveAttribute('data-status', 'done');

  await page.getByRole('button', { name: 'Open the navigation' }).tap();
  await page.getByRole('dialog').getByRole('link', { name: 'Inbox' }).tap();
  await page.getByRole('button', { name: /To grace@example\.com/ }).tap();
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  expect((await page.getByRole('tabpanel').locator('pre').innerText()).trim()).toBe(shown.trim());
});
