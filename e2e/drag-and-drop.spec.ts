import type { Workflow } from '../shared/api/workflows.ts';
import { connections, drag, expectSaved, openStep, port, settledBox, step, steps, write } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test('a workflow is built from nothing by drag and drop, and its test run succeeds', async ({ page, person }) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', {
    name: 'By hand',
    graph: { nodes: [], edges: [], direction: 'down' },
  });
  await page.goto(`/workflows/${workflow.id}`);
  const palette = page.getByRole('complementary', { name: 'Steps to add' });
  const canvas = page.locator('.mw-canvas');
  const stage = await settledBox(canvas);
  const take = async (kind: string, at: { x: number; y: number }) => {
    await palette.getByRole('textbox', { name: 'Find a step' }).fill(kind);
    await expect(palette.getByRole('option').first()).toContainText(kind);
    await palette.getByRole('option').first().dragTo(canvas, { targetPosition: at });
    // The settings of what was dropped open; they take room from the canvas.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary', { name: 'Settings of the step' })).toBeHidden();
  };

  const middle = stage.width / 2;
  await take('Start by hand', { x: middle, y: 220 });
  await expect(steps(page)).toHaveCount(1);
  await take('Set fields', { x: middle + 160, y: 460 });
  await expect(steps(page)).toHaveCount(2);
  await expect(connections(page), 'dropped on free ground, it is not connected').toHaveCount(0);

  const out = await settledBox(port(page, 'manual_1', 'out'));
  const into = await settledBox(port(page, 'set_1', 'in'));
  await drag(page, port(page, 'manual_1', 'out'), { x: into.x - out.x, y: into.y - out.y });
  await expect(connections(page)).toHaveCount(1);

  // Onto the middle of that connection.
  const from = await settledBox(port(page, 'manual_1', 'out'));
  const to = await settledBox(port(page, 'set_1', 'in'));
  const ground = (await canvas.boundingBox())!;
  await take('Set fields', { x: (from.x + to.x) / 2 + 5 - ground.x, y: (from.y + to.y) / 2 + 5 - ground.y });
  await expect(steps(page)).toHaveCount(3);
  await expect(connections(page), 'it stands between the two').toHaveCount(2);

  // A line that ends on free ground asks what to put there.
  await drag(page, port(page, 'set_1', 'out'), { x: 40, y: 90 });
  const picker = page.getByRole('dialog', { name: 'Add a step' });
  await picker.getByLabel('Find a step').fill('stop');
  await page.keyboard.press('Enter');
  await expect(steps(page)).toHaveCount(4);
  await expect(connections(page)).toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(steps(page)).toHaveCount(3);

  for (const id of ['set_1', 'set_2']) {
    const settings = await openStep(page, id);
    await settings.getByRole('textbox', { name: 'Name 1' }).fill(`greeting_${id}`);
    await write(page, 'fields.0.value', 'Hello');
    await expect(step(page, id)).toContainText(`greeting_${id}`);
  }
  await expectSaved(page);

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(step(page, 'set_1').locator('.mw-step')).toHaveAttribute('data-status', 'done');
  await expect(step(page, 'manual_1').locator('.mw-step')).toHaveAttribute('data-status', 'done');
});

test('notes, groups, the bar for several steps and the search', async ({ page, person }) => {
  const node = (id: string, x: number, y: number, config: object) => ({
    id,
    kind: 'set',
    version: 1,
    title: id,
    config,
    position: { x, y },
  });
  const workflow = await person.api<Workflow>('POST', '/workflows', {
    name: 'Notes',
    graph: {
      nodes: [
        node('a', 0, 0, {}),
        node('b', 40, 120, { fields: [{ name: 'x', value: 'needle' }] }),
        node('c', 0, 240, {}),
      ],
      edges: [],
      direction: 'down',
    },
  });
  await page.goto(`/workflows/${workflow.id}`);
  await settledBox(step(page, 'a'));
  await page.keyboard.press('Shift+S');
  const text = page.getByRole('textbox', { name: 'Text of the note, in Markdown' });
  await expect(text).toBeFocused();
  await page.keyboard.type('# Why\n<b>never</b> **HTML**');
  await page.keyboard.press('Escape');
  const note = page.locator('.mw-note');
  await expect(note.locator('strong')).toHaveText('HTML');
  await expect(note).toContainText('<b>never</b>');

  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find on the canvas' }).fill('needle');
  await expect(page.locator('.mw-find-count')).toHaveText('1 of 1');
  await page.keyboard.press('Escape');
  await expect(step(page, 'b')).toHaveClass(/selected/);

  await step(page, 'a').click({ modifiers: ['Shift'], position: { x: 30, y: 8 } });
  const bar = page.getByRole('toolbar', { name: 'Selection' });
  await expect(bar).toContainText('2 selected');
  await bar.getByRole('button', { name: 'Align left' }).click();
  await page.keyboard.press('Control+g');
  await expect(page.getByRole('textbox', { name: 'Title of the group' })).toBeFocused();
  await page.keyboard.type('Together');
  await page.keyboard.press('Enter');
  const title = page.locator('.mw-frame-title');
  await expect(title).toHaveText('Together');
  const before = await settledBox(step(page, 'b'));
  await drag(page, title, { x: 160, y: 0 });
  await expect.poll(async () => (await step(page, 'b').boundingBox())!.x - before.x).toBeGreaterThan(100);

  await expectSaved(page);
  const { graph } = await person.api<Workflow>('GET', `/workflows/${workflow.id}`);
  expect(graph.groups).toMatchObject([{ title: 'Together', members: ['a', 'b'] }]);
  expect(graph.notes).toMatchObject([{ text: '# Why\n<b>never</b> **HTML**' }]);
  const places = new Map(graph.nodes.map(({ id, position }) => [id, position.x]));
  expect(places.get('a'), 'aligned, and moved together').toBe(places.get('b'));
  expect(places.get('c')).toBe(0);

  await page
    .getByRole('button', { name: 'Show as a list or as a canvas' })
    .or(page.getByRole('button', { name: /list/i }))
    .first()
    .click();
  await expect(page.getByRole('list', { name: 'Notes' })).toContainText('Why');
  await expect(page.locator('.mw-list-group').first()).toHaveText('in “Together”');
});
