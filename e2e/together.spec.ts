import type { Page } from '@playwright/test';
import type { HistoryEntry, Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { expectSaved, openEditor, openStep, savingDrafts, step, steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';
import { colleague } from './support/people.ts';

const set = (value: string) => ({ fields: [{ name: 'a', value }] });
const graph = lineOf(
  ['manual_1', 'manual', {}, { title: 'Start' }],
  ['set_1', 'set', set('1'), { title: 'First' }],
  ['set_2', 'set', set('2'), { title: 'Second' }],
);

async function rename(page: Page, id: string, title: string): Promise<void> {
  const panel = await openStep(page, id);
  await panel.getByRole('textbox', { name: 'Title of the step' }).fill(title);
}

test('two people edit one workflow: each sees the other, and what the other saves; undo takes back only one’s own', async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Shared', graph });
  const stored = async () =>
    (await person.api<Workflow>('GET', `/workflows/${id}`)).graph.nodes.map(({ title }) => title);
  const grace = await colleague(browser, baseURL!, person, 'Grace Hopper');
  try {
    const theirs = await grace.context.newPage();
    await openEditor(page, id);
    await openEditor(theirs, id);
    const here = page.getByRole('list', { name: 'Also here' });
    await expect(here.getByTitle('Grace Hopper').or(here.getByLabel('Grace Hopper'))).toBeVisible();
    await expect(theirs.getByRole('list', { name: 'Also here' })).toBeVisible();
    await expectAccessible(page, 'the header with people');

    // Nothing unsaved here: the canvas follows, and undo goes on to take back what was done here.
    await rename(page, 'set_1', 'Mine');
    await expectSaved(page);
    await expect(step(theirs, 'set_1')).toContainText('Mine');
    await rename(theirs, 'set_2', 'Theirs');
    await expectSaved(theirs);
    await expect(step(page, 'set_2')).toContainText('Theirs');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(step(page, 'set_1')).toContainText('First');
    await expect(step(page, 'set_2')).toContainText('Theirs');
    await expectSaved(page);
    await expect.poll(stored).toEqual(['Start', 'First', 'Theirs']);
  } finally {
    await grace.context.close();
  }
  await expect(page.getByRole('list', { name: 'Also here' })).toBeHidden();
});

test('what two tabs change in different places is merged by itself, also when one could not save for a while', async ({
  page,
  person,
  context,
}) => {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Clash', graph });
  const stored = async () =>
    (await person.api<Workflow>('GET', `/workflows/${id}`)).graph.nodes.map(({ title }) => title);
  const theirs = await context.newPage();
  await openEditor(page, id);
  await openEditor(theirs, id);

  // One tab cannot save for a while, and both go on: in different places it is merged by itself.
  await theirs.route(savingDrafts, (route) => route.abort());
  await rename(theirs, 'manual_1', 'By hand');
  await expect(theirs.getByRole('alert')).toContainText('Your changes are kept here');
  expect(await stored()).toEqual(['Start', 'First', 'Second']);
  await theirs.unroute(savingDrafts);
  await rename(page, 'set_1', 'Elsewhere');
  await expect(step(theirs, 'set_1')).toContainText('Elsewhere');
  await expect.poll(stored).toEqual(['By hand', 'Elsewhere', 'Second']);
  await expect(step(page, 'manual_1')).toContainText('By hand');
});

test('a tab that hears nothing: its late save is refused, theirs is taken, and mine is in the history', async ({
  page,
  person,
}) => {
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Raced', graph });
  await page.routeWebSocket(/socket\.io/, () => {}); // Only the server can refuse.
  await page.route(/socket\.io/, (route) => route.abort());
  await openEditor(page, workflow.id);
  await person.api('PUT', `/workflows/${workflow.id}/draft`, {
    revision: workflow.revision,
    graph: { ...graph, nodes: graph.nodes.map((node) => ({ ...node, title: `${node.id} of the other` })) },
  });
  await rename(page, 'set_1', 'Late');
  const bar = page.getByRole('alert');
  await expect(bar).toContainText('to be decided');
  await bar.getByRole('button', { name: 'Take theirs, keep mine in the history' }).click();
  await expect(step(page, 'set_1')).toContainText('set_1 of the other');
  await expectSaved(page);
  await expect(steps(page)).toHaveCount(3);
  const { items } = await person.api<{ items: HistoryEntry[] }>('GET', `/workflows/${workflow.id}/history`);
  expect(items).toMatchObject([{ number: null, reason: 'conflict' }]);
  const kept = await person.api<Workflow>('GET', `/workflows/${workflow.id}/kept-drafts/${items[0]!.id}`);
  expect(kept.graph.nodes.map(({ title }) => title)).toEqual(['Start', 'Late', 'Second']);
});
