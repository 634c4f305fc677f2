import { expect, type Page } from '@playwright/test';
import type { Workflow } from '../../shared/api/workflows.ts';
import { edgeBetween, type WorkflowGraph } from '../../shared/workflow/graph.ts';
import { lineOf, type Account } from './account.ts';
import { openEditor } from './editor.ts';
import type { Scene, Stage } from './scenes.ts';

/** Versions of a workflow: the list, and two of them side by side. */
export const versionScenes: readonly Scene[] = [
  { name: 'editor-history', who: 'new', show: openHistory },
  { name: 'editor-compare', who: 'new', show: compareVersions },
];

const hello = {
  to: '{{ trigger.email }}',
  subject: 'Thank you for writing',
  text: 'Hello {{ trigger.name }},\n\nwe have your message and answer within two days.',
};
const first = lineOf(
  ['form_1', 'form', {}, { title: 'Contact form' }],
  ['email_send_1', 'email-send', hello, { title: 'Say thank you' }],
  ['delay_1', 'delay', { mode: 'for', amount: 2, unit: 'days' }, { title: 'Wait two days' }],
  [
    'email_send_2',
    'email-send',
    { ...hello, subject: 'Still interested?', text: 'Did you get what you needed?' },
    { title: 'Ask again' },
  ],
);

/** The thanks are warmer, an approval stands before the second mail, and nobody waits any more. */
const second: WorkflowGraph = {
  ...first,
  nodes: [
    first.nodes[0]!,
    {
      ...first.nodes[1]!,
      config: {
        ...hello,
        subject: 'Thank you, {{ trigger.name }}!',
        text: 'Hello {{ trigger.name }},\n\nthank you for your message. Ada answers tomorrow at the latest.',
      },
    },
    { ...first.nodes[2]!, id: 'approval_1', kind: 'approval', title: 'Ask Ada', config: { title: 'Ask again?' } },
    first.nodes[3]!,
  ],
  edges: [
    edgeBetween('form_1', 'email_send_1'),
    edgeBetween('email_send_1', 'approval_1'),
    edgeBetween('approval_1', 'email_send_2', 'approved'),
  ],
};

async function withVersions(person: Account): Promise<string> {
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Answer the contact form', graph: first });
  await person.api('POST', `/workflows/${id}/publish`, { revision: 1 });
  await person.api('PUT', `/workflows/${id}/draft`, { revision: 1, graph: second });
  await person.api('POST', `/workflows/${id}/publish`, { revision: 2 });
  await person.api('POST', `/workflows/${id}/kept-drafts`, { graph: first, reason: 'restore' });
  return id;
}

async function openHistory(page: Page, { person, phone }: Stage): Promise<void> {
  await openEditor(page, await withVersions(person!));
  if (phone) {
    await page.getByRole('button', { name: 'Settings of the workflow' }).click();
    await page.getByRole('button', { name: 'History of versions' }).click();
  } else {
    await page.getByRole('button', { name: 'History', exact: true }).click();
  }
  await expect(page.getByRole('dialog', { name: 'History' })).toContainText('Version 1');
}

async function compareVersions(page: Page, stage: Stage): Promise<void> {
  await openHistory(page, stage);
  await page.getByRole('button', { name: 'What it changed: Version 2' }).click();
  await expect(page.getByRole('dialog', { name: 'Compare' }).locator('.mw-mark').first()).toBeVisible();
}
