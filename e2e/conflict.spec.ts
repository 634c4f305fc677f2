import type { Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { expectSaved, field, openEditor, openStep, savingDrafts, write } from './support/editor.ts';
import { expect, test } from './support/journey.ts';
import { colleague } from './support/people.ts';

const graph = lineOf(
  ['manual_1', 'manual', {}, { title: 'Start' }],
  ['letter', 'email-send', { to: 'a@example.com', subject: 'Before', text: 'Hello' }, { title: 'Letter' }],
);
const subject = (page: Page) => field(page, 'subject').locator('.cm-content');

test('two change the subject of one mail: each is asked, one keeps mine, one takes theirs, and nothing else is lost', async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Clash', graph });
  const letter = async () => {
    const { graph: stored } = await person.api<Workflow>('GET', `/workflows/${id}`);
    const { title, config } = stored.nodes.find((node) => node.id === 'letter')!;
    return { title, to: config['to'], subject: config['subject'], text: config['text'] };
  };
  const grace = await colleague(browser, baseURL!, person, 'Grace Hopper');
  try {
    const theirs = await grace.context.newPage();
    await openEditor(page, id);
    await openEditor(theirs, id);
    await openStep(page, 'letter');
    await openStep(theirs, 'letter');

    // Grace's changes are on their way for a while; Ada changes the same subject, and another setting.
    await theirs.route(savingDrafts, (route) => route.abort());
    await write(theirs, 'subject', 'By Grace');
    await write(theirs, 'text', 'Hello from Grace');
    await expect(theirs.getByRole('alert')).toContainText('Your changes are kept here');
    await write(page, 'subject', 'By Ada');
    await write(page, 'to', 'ada@example.com');
    await expectSaved(page);
    const bar = theirs.getByRole('alert');
    await expect(bar).toContainText('Ada Lovelace changed the same as you. 1 difference is to be decided');
    await theirs.unroute(savingDrafts);
    await bar.getByRole('button', { name: 'Decide' }).click();
    const dialog = theirs.getByRole('dialog', { name: 'Mine or theirs?' });
    const choice = dialog.getByRole('group', { name: 'Subject' });
    await expect(choice.getByRole('radio')).toHaveCount(2);
    await expect(choice).toContainText('By Grace');
    await expect(choice).toContainText('By Ada');
    await expectAccessible(theirs, 'mine or theirs');
    await choice.getByRole('radio', { name: /Mine/ }).check();
    await dialog.getByRole('button', { name: 'Keep these' }).click();
    await expectSaved(theirs);
    await expect.poll(letter).toEqual({
      title: 'Letter',
      to: 'ada@example.com',
      subject: 'By Grace',
      text: 'Hello from Grace',
    });
    await expect(subject(page)).toHaveText('By Grace');

    // The other way round: this time Ada is late, and takes theirs.
    await page.route(savingDrafts, (route) => route.abort());
    await write(page, 'subject', 'Ada again');
    await page.getByRole('textbox', { name: 'Title of the step' }).fill('Invitation');
    await write(theirs, 'subject', 'Grace again');
    await expectSaved(theirs);
    await expect(page.getByRole('alert')).toContainText('Grace Hopper changed the same as you.');
    await page.unroute(savingDrafts);
    await page.getByRole('alert').getByRole('button', { name: 'Decide' }).click();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /Theirs/ })
      .check();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep these' }).click();
    await expectSaved(page);
    await expect(subject(page)).toHaveText('Grace again');
    await expect.poll(letter).toMatchObject({ title: 'Invitation', subject: 'Grace again', text: 'Hello from Grace' });
    await expect(theirs.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Invitation');

    // What was merged is no entry of the history: undo takes back one's own.
    await theirs.keyboard.press('Escape');
    await theirs.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(letter).toMatchObject({ title: 'Invitation', subject: 'By Grace', to: 'ada@example.com' });
  } finally {
    await grace.context.close();
  }
});
