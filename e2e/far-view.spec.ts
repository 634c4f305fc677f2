import type { Locator, Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import { arranged } from '../shared/workflow/layout.ts';
import { connections, openEditor, port, step, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

/** Fifteen chains of twenty steps behind a trigger. */
function manySteps(): WorkflowGraph {
  const sets = Array.from({ length: 299 }, (_, n) => ({
    id: `set_${n + 1}`,
    kind: 'set',
    version: 1,
    title: `Note ${n + 1}`,
    config: { fields: [{ name: 'n', value: String(n) }] },
    position: { x: 0, y: 0 },
  }));
  const trigger = { ...sets[0]!, id: 'manual_1', kind: 'manual', title: 'Start', config: {} };
  const edges = sets.map(({ id }, n) => edgeBetween(n % 20 === 0 ? 'manual_1' : `set_${n}`, id));
  return arranged({ nodes: [trigger, ...sets], edges, direction: 'down' });
}

/** Where a step is drawn on the screen: from afar there is no element to ask. */
async function drawnAt(page: Page, graph: WorkflowGraph, id: string): Promise<{ x: number; y: number }> {
  const place = graph.nodes.find((node) => node.id === id)!.position;
  const view = await page.locator('.react-flow__viewport').evaluate((element) => {
    const { a, e, f } = new DOMMatrixReadOnly(getComputedStyle(element).transform);
    const box = element.closest('.mw-canvas')!.getBoundingClientRect();
    return { zoom: a, x: box.x + e, y: box.y + f };
  });
  return { x: view.x + (place.x + 124) * view.zoom, y: view.y + (place.y + 30) * view.zoom };
}

/** The colour that the canvas shows at a point of the screen. */
async function colorAt(page: Page, at: { x: number; y: number }): Promise<string> {
  return page
    .locator('.mw-far canvas')
    .first()
    .evaluate((element: HTMLCanvasElement, point) => {
      const box = element.getBoundingClientRect();
      const scale = element.width / box.width;
      const x = Math.round((point.x - box.x) * scale);
      const y = Math.round((point.y - box.y) * scale);
      return [...element.getContext('2d')!.getImageData(x, y, 1, 1).data].join(' ');
    }, at);
}

const far = (page: Page): Locator => page.locator('.mw-far canvas').first();

test('three hundred steps from afar: looked at, opened, moved, walked through', async ({ page, person }) => {
  const graph = manySteps();
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Many', graph });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`/workflows/${workflow.id}`);
  await expect(far(page)).toHaveAttribute('data-steps', '300');
  expect(await steps(page).count(), 'few of them are elements').toBeLessThan(10);
  const read = async () => (await person.api<Workflow>('GET', `/workflows/${workflow.id}`)).graph;

  const target = await drawnAt(page, graph, 'set_150');
  await expect
    .poll(() => colorAt(page, target), { message: 'the colour of data over the card' })
    .toBe('178 206 231 255');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => colorAt(page, target), { message: 'the same in the dark' }).not.toBe('178 206 231 255');

  await page.mouse.move(target.x, target.y);
  await expect(page.locator('.mw-far-title')).toHaveText('Note 150');
  await page.mouse.click(target.x, target.y);
  const panel = page.getByRole('complementary', { name: 'Settings of the step' });
  await expect(panel.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Note 150');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await page.keyboard.press('1');
  await step(page, 'set_150').focus();
  // Tab on a step that was chosen adds one; on a step that was come to by Tab it goes on along the flow.
  await page.keyboard.press('Shift+Tab');
  await expect(step(page, 'set_149')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(step(page, 'set_151'), 'Tab goes on along the flow').toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('textbox', { name: 'Title of the step' })).toHaveValue('Note 152');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await page.keyboard.press('Escape');

  await page.keyboard.press('1');
  await page.waitForTimeout(400);
  const from = await drawnAt(page, graph, 'set_20');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 20, { steps: 4 });
  await page.mouse.move(from.x + 20, from.y + 40, { steps: 4 });
  await page.mouse.up();
  const was = graph.nodes.find(({ id }) => id === 'set_20')!.position;
  await expect
    .poll(async () => (await read()).nodes.find(({ id }) => id === 'set_20')!.position.y)
    .toBeGreaterThan(was.y);
  await expect(panel, 'a drag is no click').toBeHidden();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await read()).nodes.find(({ id }) => id === 'set_20')!.position).toEqual(was);

  const first = await drawnAt(page, graph, 'set_1');
  const third = await drawnAt(page, graph, 'set_3');
  await page.keyboard.press('Escape');
  // Begins in the middle of the free ground between two chains and two rows.
  const row = third.y - first.y;
  await page.mouse.move(first.x - row * (164 / 224), first.y - row / 4);
  await page.mouse.down();
  await page.mouse.move(third.x, third.y, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await read()).nodes.length, { message: 'the box took three' }).toBe(297);
  await page.keyboard.press('Control+z');
  await expect(far(page)).toHaveAttribute('data-steps', '300');
});

test('near by, lines touch the handles of steps that were never measured', async ({ page, person }) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Near', graph: manySteps() });
  await openEditor(page, workflow.id);
  await page.keyboard.press('0');
  await expect(page.locator('.mw-far')).toBeHidden();
  await expect(steps(page).first()).toBeVisible();
  const shown = new Set(
    await steps(page).evaluateAll((elements) => elements.map((one) => one.getAttribute('data-id'))),
  );
  const ids = await connections(page).evaluateAll((lines) => lines.map((one) => one.getAttribute('data-id') ?? ''));
  const endsOf = (id: string) => id.split('>').map((end) => end.split(':')[0]!);
  const id = ids.find((one) => endsOf(one).every((end) => shown.has(end)))!;
  const [source = '', target = ''] = endsOf(id);
  const line = page.locator(`.react-flow__edge[data-id="${id}"]`);
  const ends = await line
    .locator('.mw-edge')
    .first()
    .evaluate((element: SVGPathElement) => {
      const matrix = element.getScreenCTM()!;
      const at = (length: number) => element.getPointAtLength(length).matrixTransform(matrix);
      const [from, to] = [at(0), at(element.getTotalLength())];
      return { from: { x: from.x, y: from.y }, to: { x: to.x, y: to.y } };
    });
  const out = (await port(page, source, 'out').boundingBox())!;
  const into = (await port(page, target, 'in').boundingBox())!;
  expect(Math.hypot(ends.from.x - (out.x + out.width / 2), ends.from.y - (out.y + out.height))).toBeLessThan(1.5);
  expect(Math.hypot(ends.to.x - (into.x + into.width / 2), ends.to.y - into.y)).toBeLessThan(1.5);
});
