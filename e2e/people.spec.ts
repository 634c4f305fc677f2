import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf, password, signUp } from './support/account.ts';
import { enter } from './support/browser.ts';
import { openEditor, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';
import { invitationLink, linkInMail } from './support/people.ts';

test('signing out and in again: a wrong password is refused, the right one leads back to the page', async ({
  page,
  baseURL,
}) => {
  const person = await signUp(baseURL!);
  await page.goto('/credits');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fcredits/);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').first().fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText(/e-?mail.*password|password/i);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/credits');

  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.goto('/workflows');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fworkflows/);
});

test('an invited person comes by the link of the mail, and may do what the role says', async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Ours', graph });
  const guest = await signUp(baseURL!);

  await page.goto('/settings/members');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(guest.email);
  await page.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Viewer' }).click();
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText(`The invitation to ${guest.email} is sent`)).toBeVisible();

  const link = await linkInMail(guest, invitationLink);
  const context = await browser.newContext({ baseURL: baseURL! });
  try {
    await enter(context, baseURL!, guest);
    const theirs = await context.newPage();
    await theirs.goto(link);
    await expect(theirs.getByText('As a viewer you can look at workflows and runs')).toBeVisible();
    await theirs.getByRole('button', { name: 'Accept' }).click();
    await expect(theirs).toHaveURL('/');

    await openEditor(theirs, workflow.id);
    await expect(theirs.getByRole('button', { name: 'Publish' })).toHaveCount(0);
    await expect(theirs.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
    await expect(theirs.getByRole('complementary', { name: 'Steps to add' })).toHaveCount(0);
    await theirs.locator('body').press('Control+a');
    await theirs.locator('body').press('Delete');
    await expect(steps(theirs)).toHaveCount(2);
    const refused = await guest
      .api('PUT', `/workflows/${workflow.id}/draft`, { revision: workflow.revision, graph })
      .then(() => 'saved', String);
    expect(refused).toMatch(/403.*forbidden/s);

    await page.reload();
    await page.getByRole('combobox', { name: /^Role of/ }).click();
    await page.getByRole('option', { name: 'Editor' }).click();
    await expect
      .poll(async () => (await guest.api<{ workspace: { role: string } }>('GET', '/me')).workspace.role)
      .toBe('editor');
    await theirs.reload();
    await expect(theirs.getByRole('button', { name: 'Publish' })).toBeEnabled();

    await page.getByRole('button', { name: /^Remove Ada/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('is no longer a member')).toBeVisible();
    await theirs.goto(`/workflows/${workflow.id}`);
    await expect(theirs.getByRole('button', { name: 'Publish' })).toHaveCount(0);
    await expect(steps(theirs)).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test('a forgotten password is set anew by the link of the mail', async ({ page, baseURL }) => {
  const person = await signUp(baseURL!);
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByRole('button', { name: /link|send|reset/i }).click();
  await expect(page.getByRole('status').or(page.getByRole('alert')).first()).toContainText(/mail/i);
  const link = await linkInMail(person, /https?:\/\/\S*reset-password\S*/);
  await page.goto(link);
  await page.getByLabel('New password').first().fill('another good passphrase');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').first().fill('another good passphrase');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('textbox', { name: 'What should happen?' })).toBeVisible();
});
