import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { connections, expectSaved, openEditor, settledBox, step, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const graph = lineOf(
  ['manual_1', 'manual', {}],
  ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }],
  ['set_2', 'set', { fields: [{ name: 'b', value: '2' }] }],
);

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the canvas is worked with the keyboard alone', async ({ page, person }) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Keys', graph });
  await openEditor(page, workflow.id);
  const key = (combination: string) => page.keyboard.press(combination);

  await step(page, 'set_1').focus();
  await expect(step(page, 'set_1')).toHaveClass(/selected/);
  await key('Delete');
  await expect(steps(page)).toHaveCount(2);
  await expect(connections(page), 'the gap is closed').toHaveCount(1);
  await key('Control+z');
  await expect(steps(page)).toHaveCount(3);
  await expect(connections(page)).toHaveCount(2);
  await key('Control+Shift+z');
  await expect(steps(page)).toHaveCount(2);
  await key('Control+z');
  await expect(steps(page)).toHaveCount(3);

  await step(page, 'set_1').focus();
  await key('Control+c');
  await expect(page.getByText('Step copied')).toBeVisible();
  await key('Control+v');
  await expect(steps(page)).toHaveCount(4);
  await key('Control+d');
  await expect(steps(page)).toHaveCount(5);
  await key('Control+a');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(5);
  await key('Control+c');
  await key('Control+v');
  await expect(steps(page)).toHaveCount(10);
  await key('Control+z');
  await expect(steps(page)).toHaveCount(5);

  await step(page, 'set_2').focus();
  await key('F2');
  await page.keyboard.type('Renamed by hand');
  await key('Enter');
  await expect(step(page, 'set_2')).toContainText('Renamed by hand');
  const before = (await step(page, 'set_2').boundingBox())!;
  await step(page, 'set_2').focus();
  await key('Alt+ArrowRight');
  await expect.poll(async () => (await step(page, 'set_2').boundingBox())!.x).toBeGreaterThan(before.x);
  await key('ArrowUp');
  await expect(step(page, 'set_1')).toHaveClass(/selected/);

  await key('n');
  await expect(page.getByRole('dialog', { name: 'Add a step' }).getByLabel('Find a step')).toBeFocused();
  await page.keyboard.type('wait');
  await key('Enter');
  await expect(steps(page)).toHaveCount(6);

  // Tab adds behind a chosen step; a step that Tab came to lets it go on, and Shift Tab always goes back.
  await step(page, 'manual_1').click();
  await key('Tab');
  await expect(page.getByRole('dialog', { name: 'Add a step' }).getByLabel('Find a step')).toBeFocused();
  await page.keyboard.type('set');
  await key('Enter');
  await expect(steps(page)).toHaveCount(7);
  await expect(step(page, 'set_5')).toBeFocused();
  await expect(step(page, 'set_5')).toHaveClass(/selected/);
  await key('Tab');
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
  await key('Escape');
  await key('Control+z');
  await expect(steps(page)).toHaveCount(6);
  await page.locator('.mw-canvas').click({ position: { x: 20, y: 300 } });
  await key('Escape');
  await step(page, 'manual_1').focus();
  await expect(step(page, 'manual_1')).toHaveClass(/selected/);
  const reached = () =>
    page.evaluate(() => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id'));
  for (let tabs = 0; tabs < 12 && (await reached()) === 'manual_1'; tabs++) await key('Tab');
  expect(await reached()).not.toBe('manual_1');
  await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeHidden();
  for (let tabs = 0; tabs < 12 && (await reached()) !== 'manual_1'; tabs++) await key('Shift+Tab');
  expect(await reached()).toBe('manual_1');

  await key('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Add the next step');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Undo');
  await key('Escape');
  await key('Control+k');
  // The palette is loaded on first use.
  await expect(page.getByPlaceholder('Search or run a command…')).toBeFocused();
  await page.keyboard.type('inbox');
  await expect(
    page
      .getByRole('button', { name: /Inbox/ })
      .or(page.getByRole('option', { name: /Inbox/ }))
      .first(),
  ).toBeVisible();
  await key('Escape');

  await expectSaved(page);
  const stored = await person.api<Workflow>('GET', `/workflows/${workflow.id}`);
  expect(stored.graph.nodes).toHaveLength(6);
  expect(stored.graph.nodes.find((node) => node.id === 'set_2')!.title).toBe('Renamed by hand');
});

test('a step is dragged from the palette onto a connection, and undo takes it out again', async ({ page, person }) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Palette', graph });
  await openEditor(page, workflow.id);
  const palette = page.getByRole('complementary', { name: 'Steps to add' });
  await palette.getByRole('textbox', { name: 'Find a step' }).fill('delay');
  const kind = palette.getByRole('option').first();
  await expect(palette.getByRole('option')).toHaveCount(1);
  const from = await settledBox(step(page, 'manual_1'));
  const to = await settledBox(step(page, 'set_1'));
  const canvas = await settledBox(page.locator('.mw-canvas'));
  await kind.dragTo(page.locator('.mw-canvas'), {
    targetPosition: {
      x: from.x + from.width / 2 - canvas.x,
      y: (from.y + from.height + to.y) / 2 - canvas.y,
    },
  });
  await expect(steps(page)).toHaveCount(4);
  await expect(connections(page), 'it stands between the two').toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(steps(page)).toHaveCount(3);
  await expect(connections(page)).toHaveCount(2);
});
