import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { connections, drag, expectSaved, openEditor, settledBox, step } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const field = (name: string) => ({ fields: [{ name, value: '1' }] });
const graph = {
  ...lineOf(
    ['manual_1', 'manual', {}, { title: 'Start' }],
    ['set_1', 'set', field('a'), { title: 'First' }],
    ['set_2', 'set', field('needle'), { title: 'Second' }],
    ['set_3', 'set', field('c'), { title: 'Last' }],
  ),
  groups: [{ id: 'group:1', title: 'Both', color: 'blue' as const, members: ['set_1', 'set_2'] }],
};

test('a group collapses to one box, by its button and by a key; it runs, moves, is found, listed and undone', async ({
  page,
  person,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Groups', graph });
  const stored = async () => (await person.api<Workflow>('GET', `/workflows/${id}`)).graph;
  await openEditor(page, id);
  await page.getByRole('button', { name: 'Collapse the group (C)' }).click();
  const box = step(page, 'group:1');
  await expect(box).toHaveAttribute('aria-label', 'Group “Both”, collapsed, 2 steps');
  await expect(step(page, 'set_1')).toHaveCount(0);
  await expect(connections(page), 'into the box and out of it').toHaveCount(2);
  await expectSaved(page);
  expect((await stored()).groups).toMatchObject([{ collapsed: true }]);
  await expectAccessible(page, 'a collapsed group');

  // It has its place among the steps, for arrow keys and for Tab, and moving it moves its steps.
  await page.keyboard.press('ArrowDown');
  await expect(step(page, 'set_3')).toHaveClass(/selected/);
  await page.keyboard.press('ArrowUp');
  await expect(box).toHaveClass(/selected/);
  const before = await settledBox(box);
  await drag(page, box.locator('.mw-folded-tile'), { x: 80, y: 0 });
  await expect.poll(async () => (await box.boundingBox())!.x - before.x).toBeGreaterThan(60);
  await expectSaved(page);
  const [, first, second, last] = (await stored()).nodes;
  expect(first!.position.x, 'both moved, and nothing else').toBe(second!.position.x);
  expect([first!.position.x > 60, last!.position.x]).toEqual([true, 0]);

  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find on the canvas' }).fill('needle');
  await expect(page.locator('.mw-find-count')).toHaveText('1 of 1');
  await expect(box).toHaveClass(/selected/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(box.locator('.mw-folded')).toHaveAttribute('data-status', 'done');
  await expect(step(page, 'set_3').locator('.mw-step')).toHaveAttribute('data-status', 'done');

  // The key opens it and collapses it again; undo goes back all the way.
  await box.locator('.mw-folded-tile').click();
  await page.keyboard.press('c');
  await expect(step(page, 'set_1')).toBeVisible();
  await expect(connections(page)).toHaveCount(3);
  await page.keyboard.press('c');
  await expect(step(page, 'set_1')).toHaveCount(0);
  for (let undo = 0; undo < 4; undo++) await page.keyboard.press('Control+z');
  await expect(step(page, 'set_1')).toBeVisible();
  await expectSaved(page);
  expect((await stored()).groups).toEqual(graph.groups);
  await page.keyboard.press('Control+Shift+z');

  await page.getByRole('button', { name: /list/i }).first().click();
  await expect(page.locator('.mw-list-group')).toHaveText([
    'in “Both”, which is collapsed',
    'in “Both”, which is collapsed',
  ]);
});
