import type { HistoryEntry, Workflow } from '../shared/api/workflows.ts';
import type { RunSummary } from '../shared/workflow/run.ts';
import { edgeBetween, type WorkflowGraph } from '../shared/workflow/graph.ts';
import { lineOf, type Account } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { expectSaved, openEditor, openStep, step, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

const first = lineOf(
  ['manual_1', 'manual', {}, { title: 'Start' }],
  ['set_1', 'set', { fields: [{ name: 'colour', value: 'red' }] }, { title: 'Paint' }],
  ['delay_1', 'delay', { mode: 'for', amount: 1, unit: 'seconds' }, { title: 'Wait' }],
);

/** The wait is gone, the paint is another, and something is new. */
const second: WorkflowGraph = {
  ...first,
  nodes: [
    first.nodes[0]!,
    { ...first.nodes[1]!, title: 'Paint it', config: { fields: [{ name: 'colour', value: 'blue' }] } },
    { ...first.nodes[1]!, id: 'set_2', title: 'Varnish', position: { x: 0, y: 240 } },
  ],
  edges: [edgeBetween('manual_1', 'set_1'), edgeBetween('set_1', 'set_2')],
};

async function twoVersions(person: Account): Promise<Workflow> {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Painter', graph: first });
  await person.api('POST', `/workflows/${workflow.id}/publish`, { revision: 1 });
  await person.api('PUT', `/workflows/${workflow.id}/draft`, { revision: 1, graph: second });
  await person.api('POST', `/workflows/${workflow.id}/publish`, { revision: 2 });
  return workflow;
}

test('two versions are compared on the canvas, the first is restored, and one undo takes it back', async ({
  page,
  person,
}) => {
  const { id } = await twoVersions(person);
  const stored = () => person.api<Workflow>('GET', `/workflows/${id}`);
  await openEditor(page, id);
  const panel = await openStep(page, 'set_2');
  await panel.getByRole('textbox', { name: 'Title of the step' }).fill('Not published');
  await expectSaved(page);
  const dirty = await stored();

  await page.getByRole('button', { name: 'History', exact: true }).click();
  const history = page.getByRole('dialog', { name: 'History' });
  const entries = history.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem');
  await expect(entries).toHaveCount(2);
  await expect(entries.first()).toContainText('Version 2');
  await expect(entries.first()).toContainText('Live');
  await expect(entries.first()).toContainText('Ada Lovelace');
  await expect(entries.first()).toContainText('1 added, 1 changed, 1 removed');
  await expect(entries.last()).toContainText('The first version');
  await expectAccessible(page, 'the history');

  await history.getByRole('button', { name: 'What it changed: Version 2' }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByRole('status')).toHaveText('1 added, 1 changed, 1 removed');
  const canvas = compare.locator('.mw-compare-canvas');
  await expect(canvas.locator('.react-flow__node')).toHaveCount(4);
  await expect(canvas.locator('.mw-step[data-mark="removed"]')).toContainText('Wait');
  await expect(canvas.locator('.mw-mark[data-mark="added"]')).toBeVisible();
  const list = compare.getByRole('region', { name: 'What differs' });
  const changed = list.getByRole('listitem').filter({ hasText: 'Paint it' }).first();
  await expect(changed.locator('del').first()).toHaveText('Paint');
  await expect(changed.locator('ins').first()).toHaveText('Paint it');
  await expect(changed.locator('ins').last()).toHaveText('name: colour, value: blue');
  await expectAccessible(page, 'two versions');
  // The keyboard leads from the list to the canvas, and what is behind the comparison is out of its reach.
  await list.getByRole('button', { name: 'Removed Wait' }).focus();
  await page.keyboard.press('Enter');
  await expect(canvas.locator('.react-flow__node.selected')).toHaveAttribute('data-id', 'delay_1');
  await page.keyboard.press('Delete');

  await compare.getByRole('button', { name: 'Restore “Version 1”' }).click();
  await expect(compare).toBeHidden();
  await expect(step(page, 'delay_1')).toBeVisible();
  await expect(steps(page)).toHaveCount(3);
  await expectSaved(page);
  const restored = await stored();
  expect(restored.graph).toEqual(first);
  expect(restored.publishedVersion, 'nothing is published by itself').toBe(2);

  // What was not published is in the history, and one undo brings it back, too.
  const { items } = await person.api<{ items: HistoryEntry[] }>('GET', `/workflows/${id}/history`);
  expect(items[0]).toMatchObject({ number: null, reason: 'restore' });
  const kept = await person.api<Workflow>('GET', `/workflows/${id}/kept-drafts/${items[0]!.id}`);
  expect(kept.graph).toEqual(dirty.graph);
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 300 } });
  await page.keyboard.press('ControlOrMeta+z');
  await expect(step(page, 'set_2')).toContainText('Not published');
  await expectSaved(page);
  expect((await stored()).graph).toEqual(dirty.graph);
});

test('what a run ran is compared with the draft, also when both are equal', async ({ page, person }) => {
  const { id } = await twoVersions(person);
  const run = await person.api<RunSummary>('POST', `/workflows/${id}/runs`, { version: 'published', payload: {} });
  await page.goto(`/runs/${run.id}`);
  await page.getByRole('button', { name: 'Compare with the draft' }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByRole('heading', { name: 'They are the same' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(compare).toBeHidden();

  await person.api('PUT', `/workflows/${id}/draft`, { revision: 2, graph: first });
  await page.getByRole('button', { name: 'Compare with the draft' }).click();
  await expect(compare.getByRole('status')).toHaveText('1 added, 1 changed, 1 removed');
  await expect(compare.locator('.mw-step[data-mark="removed"]')).toContainText('Varnish');
});
