import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { expectSaved, openEditor, openStep, step } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test('a second tab never overwrites silently: it says who changed what, and keeps both versions', async ({
  page,
  context,
  person,
}) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Shared', graph });
  const other = await context.newPage();
  await openEditor(page, workflow.id);
  await openEditor(other, workflow.id);
  const rename = async (tab: typeof page, title: string) => {
    const panel = await openStep(tab, 'set_1');
    await panel.getByRole('textbox', { name: 'Title of the step' }).fill(title);
  };

  await rename(page, 'Mine');
  await expectSaved(page);
  const bar = other.getByRole('alert');
  await expect(bar).toContainText('Ada Lovelace changed this workflow somewhere else');
  await rename(other, 'Theirs');
  await expect(other.locator('.mw-saved')).toHaveAttribute('data-kind', 'conflict');
  const stored = async () => (await person.api<Workflow>('GET', `/workflows/${workflow.id}`)).graph.nodes[1]!.title;
  await other.waitForTimeout(1_500); // Longer than the pause before a save: nothing may be written.
  expect(await stored()).toBe('Mine');

  await bar.getByRole('button', { name: 'Keep mine as a copy' }).click();
  await expect(other).not.toHaveURL(new RegExp(workflow.id));
  await expect(step(other, 'set_1')).toContainText('Theirs');
  expect(await stored()).toBe('Mine');

  await openEditor(other, workflow.id);
  await expect(step(other, 'set_1')).toContainText('Mine');
});

test('a save that raced another tab is refused, and the other version can be taken', async ({ page, person }) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  const workflow = await person.api<Workflow>('POST', '/workflows', { name: 'Raced', graph });
  await page.routeWebSocket(/socket\.io/, () => {}); // This tab hears nothing, so only the server can refuse.
  await page.route(/socket\.io/, (route) => route.abort());
  await openEditor(page, workflow.id);
  await person.api('PUT', `/workflows/${workflow.id}/draft`, {
    revision: workflow.revision,
    graph: { ...graph, nodes: graph.nodes.map((node) => ({ ...node, title: `${node.id} of the other` })) },
  });
  const panel = await openStep(page, 'set_1');
  await panel.getByRole('textbox', { name: 'Title of the step' }).fill('Late');
  await page.getByRole('alert').getByRole('button', { name: 'Take theirs' }).click();
  await expect(step(page, 'set_1')).toContainText('set_1 of the other');
  await expectSaved(page);
});
