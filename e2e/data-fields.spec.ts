import type { Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { allRunsEnded, lineOf } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { expectSaved, field, openEditor, openStep, write } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const order = {
  'first name': 'Ada',
  contact: { 'e-mail': 'ada@example.com' },
  orders: [
    { 'item no': 'A-1', price: 12 },
    { 'item no': 'B-2', price: 30 },
  ],
};
const graph = lineOf(
  ['manual_1', 'manual', { payload: JSON.stringify(order) }, { title: 'Start by hand' }],
  ['facts', 'set', { fields: [{ name: 'total', value: '{{ 42 }}' }] }, { title: 'Facts' }],
  [
    'letter',
    'email-send',
    { to: 'someone@example.com', subject: 'For ', format: 'html', html: '' },
    { title: 'Letter' },
  ],
  ['rest', 'set', { fields: [{ name: 'copy', value: '' }] }, { title: 'Rest' }],
);

const code = (page: Page, name: string) => field(page, name).locator('.cm-content');
const value = (page: Page, name: string) => field(page, name).locator('.mw-expression-value');

test('fields of a real run are dragged into settings, or inserted with the keyboard, and what they give is shown', async ({
  page,
  person,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Fields', graph });
  await person.api('POST', `/workflows/${id}/runs`, { section: { node: 'facts', mode: 'until' } });
  await allRunsEnded(person, 1);
  await openEditor(page, id);
  const panel = await openStep(page, 'letter');
  await panel.getByRole('button', { name: 'Data beside the settings' }).click();
  const data = panel.getByRole('region', { name: 'Data of the step' });
  await expect(data.getByText('From what stands before it')).toBeVisible();

  // From the tree: into a text behind what stands there, and into an empty HTML field.
  const tree = data.locator('.mw-tree');
  await tree.getByText('Ada', { exact: true }).hover();
  await tree.getByText('Ada', { exact: true }).dragTo(code(page, 'subject'));
  await expect(code(page, 'subject')).toHaveText('For {{ input["first name"] }}');
  await expect(value(page, 'subject')).toHaveText('= For Ada');
  await tree.getByText('B-2').dragTo(field(page, 'html').locator('.mw-code'));
  await expect(code(page, 'html')).toHaveText('{{ input.orders[1]["item no"] }}');
  await expect(value(page, 'html')).toHaveText('= B-2');

  // From JSON: a whole list; from the table: a cell, into an expression that has its type.
  await data.getByText('JSON', { exact: true }).click();
  await data.locator('.mw-json').getByText('"e-mail"').dragTo(code(page, 'to'));
  await expect(code(page, 'to')).toContainText('{{ input.contact.e-mail }}');
  await write(page, 'to', '');
  await data.locator('.mw-json').getByText('"e-mail"').dragTo(code(page, 'to'));
  await expect(value(page, 'to')).toHaveText('= ada@example.com');
  await data.getByText('Table', { exact: true }).click();
  const table = data.getByRole('table', { name: 'orders' });
  await expectAccessible(page, 'data as a table beside the settings');

  await openStep(page, 'rest');
  await data.getByRole('combobox', { name: 'Data of' }).selectOption({ label: 'Facts' });
  await data.getByText('Table', { exact: true }).click();
  await table.getByText('30').dragTo(code(page, 'fields.0.value'));
  await expect(code(page, 'fields.0.value')).toHaveText('{{ steps.facts.orders[1].price }}');
  await expect(value(page, 'fields.0.value')).toHaveText('= 30');
  await expectSaved(page);
  const saved = await person.api<Workflow>('GET', `/workflows/${id}`);
  expect(saved.graph.nodes.map(({ config }) => config).slice(2)).toMatchObject([
    {
      to: '{{ input.contact.e-mail }}',
      subject: 'For {{ input["first name"] }}',
      html: '{{ input.orders[1]["item no"] }}',
    },
    { fields: [{ name: 'copy', value: '{{ steps.facts.orders[1].price }}' }] },
  ]);

  // What is no setting of expressions refuses it.
  await table.getByText('A-1').dragTo(panel.getByRole('textbox', { name: 'Title of the step' }));
  await expect(panel.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Rest');

  await page.getByRole('button', { name: 'Preview', exact: true }).first().click();
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await expect(preview.getByText('For Ada').first()).toBeVisible();
  await expect(preview.getByText('ada@example.com').first()).toBeVisible();
});

test('the same in the narrow panel: by keyboard at the caret, and by a drag over the tab', async ({ page, person }) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Fields', graph });
  await person.api('POST', `/workflows/${id}/runs`, { section: { node: 'facts', mode: 'until' } });
  await allRunsEnded(person, 1);
  await openEditor(page, id);
  const panel = await openStep(page, 'letter');
  await write(page, 'subject', 'Dear , hello');
  for (let back = 0; back < ', hello'.length; back++) await page.keyboard.press('ArrowLeft');
  await panel.getByRole('tab', { name: 'Input' }).click();
  const tree = panel.locator('.mw-tree');
  await expect(tree.getByText('Ada', { exact: true })).toBeVisible();
  const insert = tree.getByRole('button', { name: 'Insert input["first name"]' });
  await insert.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('input["first name"] inserted into Subject')).toBeVisible();
  await panel.getByRole('tab', { name: 'Settings' }).click();
  await expect(code(page, 'subject')).toHaveText('Dear {{ input["first name"] }}, hello');
  await expect(value(page, 'subject')).toHaveText('= Dear Ada, hello');

  // The settings open under what is dragged over their tab.
  await panel.getByRole('tab', { name: 'Input' }).click();
  await tree.getByText('A-1').hover();
  await page.mouse.down();
  await panel.getByRole('tab', { name: 'Settings' }).hover();
  await panel.getByRole('tab', { name: 'Settings' }).hover({ position: { x: 8, y: 8 } });
  await expect(code(page, 'html')).toBeVisible();
  await code(page, 'html').hover();
  await code(page, 'html').hover({ position: { x: 6, y: 10 } });
  await page.mouse.up();
  await expect(code(page, 'html')).toHaveText('{{ input.orders[0]["item no"] }}');
  await expect(value(page, 'html')).toHaveText('= A-1');

  // In a table the arrow keys go from cell to cell.
  await panel.getByRole('tab', { name: 'Input' }).click();
  await panel.getByText('Table', { exact: true }).click();
  const table = panel.getByRole('table', { name: 'orders' });
  await table.getByRole('cell').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await panel.getByRole('tab', { name: 'Settings' }).click();
  await expect(code(page, 'html')).toContainText('{{ input.orders[1].price }}');
});
