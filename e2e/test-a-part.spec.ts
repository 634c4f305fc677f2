import type { RunSummary } from '../shared/workflow/run.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf, type Account } from './support/account.ts';
import { expectSaved, openEditor, openStep, step } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const line = lineOf(
  ['manual_1', 'manual', { payload: '{"name":"Ada"}' }, { title: 'Start by hand' }],
  ['note', 'set', { fields: [{ name: 'note', value: 'Dear {{ trigger.name }}' }] }, { title: 'Note' }],
  ['call', 'http-request', { url: 'http://127.0.0.1:9/', method: 'GET' }, { title: 'Call' }],
  [
    'letter',
    'set',
    { fields: [{ name: 'text', value: '{{ steps.note.note }}: {{ input.body }}' }] },
    { title: 'Letter' },
  ],
);
const make = (person: Account) => person.api<Workflow>('POST', '/workflows', { name: 'Tested', graph: line });
const runsOf = async (person: Account, id: string) =>
  (await person.api<{ items: RunSummary[] }>('GET', `/runs?workflowId=${id}`)).items;

test('one step runs, an output is pinned and edited, and the failed step is passed', async ({ page, person }) => {
  const { id } = await make(person);
  await openEditor(page, id);
  let panel = await openStep(page, 'note');
  await panel.getByRole('button', { name: 'Run this step' }).click();
  await expect(step(page, 'note').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(panel.getByText('“Start by hand”: an example')).toBeVisible();
  await panel.getByRole('tab', { name: 'Output' }).click();
  await expect(panel.getByRole('tabpanel', { name: 'Output' }).getByText('Dear Ada')).toBeVisible();
  expect(await step(page, 'call').locator('.mw-step').getAttribute('data-status')).toBeNull();

  // A request may change something elsewhere, so it is shown first, as in a whole run. It fails.
  panel = await openStep(page, 'call');
  await panel.getByRole('button', { name: 'Run this step' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm and run' }).click();
  await expect(step(page, 'call').locator('.mw-step')).toHaveAttribute('data-status', 'failed');

  // A pin takes the place of the call; what is no JSON is not taken, and is named with its place.
  await panel.getByRole('tab', { name: 'Output' }).click();
  await panel.getByRole('button', { name: 'Edit and pin' }).click();
  const editor = panel.getByRole('textbox', { name: 'Pinned output as JSON' });
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{\n  "body": "hello",\n}');
  await expect(panel.getByText('Line 3, column 1: “}” is not expected here.')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Pin this output' })).toBeDisabled();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('{ "body": "hello" }');
  await panel.getByRole('button', { name: 'Pin this output' }).click();
  await expect(step(page, 'call')).toHaveAttribute('aria-label', /its output is pinned/);

  await panel.getByRole('button', { name: 'Run from here' }).first().click();
  await expect(step(page, 'letter').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  panel = await openStep(page, 'letter');
  await expect(panel.getByRole('tabpanel', { name: 'Output' }).getByText('Dear Ada: hello')).toBeVisible();
  const [newest] = await runsOf(person, id);
  expect(newest).toMatchObject({ status: 'done', reason: 'test', mode: 'test' });
});

test('the same with the keyboard, and undo takes the pin away', async ({ page, person }) => {
  const { id } = await make(person);
  await openEditor(page, id);
  await step(page, 'note').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+Enter');
  await expect(step(page, 'note').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await page.keyboard.press('p');
  await expect(step(page, 'note')).toHaveAttribute('aria-label', /its output is pinned/);
  await expectSaved(page);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(step(page, 'note')).not.toHaveAttribute('aria-label', /its output is pinned/);

  await page.keyboard.press('p');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Search or run a command…').fill('Run from this step');
  await page.keyboard.press('Enter');
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await expect(preview.getByText('“Note” and what follows run.')).toBeVisible();
  const confirm = preview.getByRole('button', { name: 'Confirm and run' });
  await expect(confirm).toBeEnabled();
  await confirm.press('Enter');
  await expect(step(page, 'call').locator('.mw-step')).toHaveAttribute('data-status', 'failed');
  expect((await runsOf(person, id))[0]).toMatchObject({ reason: 'test', status: 'failed' });
});
