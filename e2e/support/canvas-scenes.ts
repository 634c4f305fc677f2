import { expect, type Page } from '@playwright/test';
import type { Workflow } from '../../shared/api/workflows.ts';
import { lineOf } from './account.ts';
import { openEditor } from './editor.ts';
import type { Scene, Stage } from './scenes.ts';

/** Notes, a group, and what comes up when several steps are selected or something is looked for. */
export const canvasScenes: readonly Scene[] = [
  { name: 'editor-notes', who: 'owner', show: openNotes },
  { name: 'editor-selection', who: 'owner', show: selectAll },
  { name: 'editor-find', who: 'owner', show: find },
];

async function openNotes(page: Page, { person }: Stage): Promise<void> {
  const line = lineOf(
    ['manual_1', 'manual', {}, { title: 'Start by hand' }],
    ['set_1', 'set', { fields: [{ name: 'name', value: 'Grace' }] }, { title: 'Who it is for' }],
    ['set_2', 'set', { fields: [{ name: 'text', value: 'Hello {{ input.name }}' }] }, { title: 'Write the greeting' }],
    ['delay_1', 'delay', { mode: 'for', amount: 1, unit: 'days' }, { title: 'Give it a day' }],
  );
  const notes = [
    ['yellow', '# Why\nWe greet **everybody** within a day.\n\n- [x] agreed with Ada\n- [ ] German text', 0],
    ['rose', '> Never on Sundays.\n\nSee [the handbook](https://example.com).', 200],
  ] as const;
  const graph = {
    ...line,
    nodes: line.nodes.map((node, index) => ({ ...node, position: { x: 0, y: index * 136 } })),
    notes: notes.map(([color, text, y], index) => ({
      id: `note:${index + 1}`,
      color,
      text,
      position: { x: 344, y },
      size: { width: 248, height: 176 },
    })),
    groups: [{ id: 'group:1', title: 'The greeting', color: 'blue' as const, members: ['set_1', 'set_2'] }],
  };
  const workflow = await person!.api<Workflow>('POST', '/workflows', { name: 'Greet with notes', graph });
  await openEditor(page, workflow.id);
  await expect(page.locator('.mw-frame-title')).toBeVisible();
  await expect(page.locator('.mw-note').first()).toContainText('Why');
}

async function selectAll(page: Page, stage: Stage): Promise<void> {
  await openNotes(page, stage);
  await page.keyboard.press('Control+a');
  if (!stage.phone) await expect(page.getByRole('toolbar', { name: 'Selection' })).toBeVisible();
}

async function find(page: Page, stage: Stage): Promise<void> {
  await openNotes(page, stage);
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find on the canvas' }).fill('hello');
  await expect(page.locator('.mw-find-count')).toHaveText('1 of 1');
}
