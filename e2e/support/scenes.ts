import { expect, type Page } from '@playwright/test';
import type { Workflow } from '../../shared/api/workflows.ts';
import { lineOf, type Account } from './account.ts';
import { openEditor, step } from './editor.ts';
import { canvasScenes } from './canvas-scenes.ts';
import { versionScenes } from './version-scenes.ts';
import type { Furniture } from './furnish.ts';

/** What a picture is taken of. */
export interface Scene {
  /** The beginning of the file's name. */
  name: string;
  /** Who is signed in: nobody, somebody new, or somebody with a furnished workspace. */
  who: 'nobody' | 'new' | 'owner';
  /** Brings the page into that state. */
  show(page: Page, stage: Stage): Promise<void>;
}

export interface Stage extends Furniture {
  /** Who is signed in. */
  person: Account | null;
  phone: boolean;
}

const at = (path: string) => async (page: Page) => {
  await page.goto(path);
  await expect(page.getByRole('heading').first()).toBeVisible();
};

const settings = ['profile', 'workspace', 'members', 'api-keys', 'providers', 'appearance'] as const;

/** In the order in which a newcomer meets them. */
export const scenes: readonly Scene[] = [
  { name: 'sign-in', who: 'nobody', show: at('/sign-in') },
  { name: 'sign-up', who: 'nobody', show: at('/sign-up') },
  { name: 'home-new', who: 'new', show: at('/') },
  { name: 'home', who: 'owner', show: at('/') },
  { name: 'editor-empty', who: 'new', show: at('/workflows/new') },
  { name: 'editor-proposal', who: 'new', show: propose },
  { name: 'editor', who: 'owner', show: (page, { workflowId }) => openEditor(page, workflowId) },
  { name: 'editor-assistant', who: 'owner', show: openAssistant },
  { name: 'editor-edit', who: 'owner', show: proposeEdit },
  ...canvasScenes,
  { name: 'editor-settings', who: 'owner', show: openSettings },
  { name: 'editor-data', who: 'owner', show: openData },
  { name: 'editor-pin', who: 'owner', show: pinOutput },
  { name: 'editor-preview', who: 'owner', show: openPreview },
  ...versionScenes,
  { name: 'run-in-progress', who: 'new', show: runInProgress },
  {
    name: 'run-done',
    who: 'owner',
    show: (page, { doneRunId, phone }) => openRun(page, doneRunId, phone, 'condition_1'),
  },
  {
    name: 'run-failed',
    who: 'owner',
    show: (page, { failedRunId, phone }) => openRun(page, failedRunId, phone, 'http_request_1'),
  },
  { name: 'run-timeline', who: 'owner', show: openTimeline },
  { name: 'workflows', who: 'owner', show: at('/workflows') },
  { name: 'runs', who: 'owner', show: at('/runs') },
  { name: 'runs-selected', who: 'owner', show: selectRuns },
  { name: 'runs-nothing', who: 'owner', show: at('/runs?q=nothing+says+this') },
  { name: 'dashboard', who: 'owner', show: at('/dashboard?range=7') },
  { name: 'dashboard-new', who: 'new', show: at('/dashboard') },
  { name: 'templates', who: 'owner', show: at('/templates') },
  { name: 'template', who: 'owner', show: openTemplate },
  { name: 'inbox', who: 'owner', show: openMail },
  ...settings.map((section): Scene => ({
    name: `settings-${section}`,
    who: 'owner',
    show: at(`/settings/${section}`),
  })),
  { name: 'credits', who: 'owner', show: at('/credits') },
  { name: 'palette', who: 'owner', show: openPalette },
  { name: 'form', who: 'nobody', show: (page, { formUrl }) => at(new URL(formUrl).pathname)(page) },
  { name: 'api-docs', who: 'nobody', show: at('/api/docs') },
];

async function propose(page: Page): Promise<void> {
  await page.goto('/workflows/new');
  await page
    .getByRole('textbox', { name: 'Describe a workflow' })
    .fill(
      'When a form is filled in, let AI write a friendly answer and mail it to them. If they mention a budget above 5000, also mail sales@example.com. Send it on LINE too.',
    );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Proposal' })).toBeVisible();
}

async function openAssistant(page: Page, { workflowId }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await page.getByRole('button', { name: 'Assistant', exact: true }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('button', { name: 'Explain this workflow' }).click();
  await expect(page.getByRole('log')).toContainText('1.');
}

/** An edit with something of everything: a step that comes, one that goes, one that changes. */
async function proposeEdit(page: Page, { workflowId }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await page
    .getByRole('textbox', { name: 'Ask for a change' })
    .fill('Ask me for approval before the first mail, rename the last mail to "Tell the team", and paint it blue');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Proposed change' })).toBeVisible();
}

async function openSettings(page: Page, { workflowId }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await step(page, 'email_send_1').click();
  await expect(page.getByRole('tab', { name: 'Settings' })).toBeVisible();
}

/** What a step gets, beside its settings where there is room for both. */
async function openData(page: Page, { workflowId, phone }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await step(page, 'email_send_1').click();
  if (phone) await page.getByRole('tab', { name: 'Input' }).click();
  else await page.getByRole('button', { name: 'Data beside the settings' }).click();
  await expect(page.getByRole('combobox', { name: 'Data of' })).toBeVisible();
}

async function pinOutput(page: Page, { workflowId }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await step(page, 'email_send_1').click();
  await page.getByRole('tab', { name: 'Output' }).click();
  await page.getByRole('button', { name: 'Edit and pin' }).click();
  await expect(page.getByRole('textbox', { name: 'Pinned output as JSON' })).toBeVisible();
}

async function openPreview(page: Page, { workflowId }: Stage): Promise<void> {
  await openEditor(page, workflowId);
  await page.getByRole('button', { name: 'Preview' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('heading', { name: 'Step by step' })).toBeVisible();
}

async function runInProgress(page: Page, { person }: Stage): Promise<void> {
  const graph = lineOf(
    ['manual_1', 'manual', {}, { title: 'Start by hand' }],
    ['set_1', 'set', { fields: [{ name: 'name', value: 'Grace' }] }, { title: 'Who it is for' }],
    ['delay_1', 'delay', { mode: 'for', amount: 30, unit: 'seconds' }, { title: 'Give it a moment' }],
    ['set_2', 'set', { fields: [{ name: 'text', value: 'Hello {{ input.name }}' }] }, { title: 'Write the greeting' }],
  );
  const workflow = await person!.api<Workflow>('POST', '/workflows', { name: 'Greet after a while', graph });
  await openEditor(page, workflow.id);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(step(page, 'delay_1').locator('.mw-step')).toHaveAttribute('data-status', /waiting/);
}

async function openRun(page: Page, runId: string, phone: boolean, node: string): Promise<void> {
  await page.goto(`/runs/${runId}`);
  if (phone) {
    await expect(page.getByRole('complementary', { name: 'Steps of the run' })).toBeVisible();
    return;
  }
  await step(page, node).click();
  await expect(page.getByRole('tab', { name: 'Output' })).toBeVisible();
}

async function openTimeline(page: Page, { doneRunId, phone }: Stage): Promise<void> {
  await page.goto(`/runs/${doneRunId}`);
  if (phone) await page.locator('label', { hasText: 'Timeline' }).click();
  else await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Timeline of the steps' })).toBeVisible();
}

async function selectRuns(page: Page): Promise<void> {
  await page.goto('/runs');
  await page.getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toBeVisible();
}

async function openTemplate(page: Page): Promise<void> {
  await page.goto('/templates');
  await page
    .getByRole('button', { name: /Welcome/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

async function openMail(page: Page): Promise<void> {
  await page.goto('/inbox');
  await page
    .getByRole('button', { name: /To sales/ })
    .first()
    .click();
  await expect(page.getByRole('tablist')).toBeVisible();
}

async function openPalette(page: Page): Promise<void> {
  await page.goto('/');
  await page
    .getByRole('button', { name: 'Search and commands' })
    .or(page.getByRole('button', { name: 'Search' }))
    .first()
    .click();
  await expect(page.getByPlaceholder('Search or run a command…')).toBeVisible();
}
