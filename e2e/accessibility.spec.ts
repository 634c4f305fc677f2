import type { Page } from '@playwright/test';
import type { InboxItem, InboxMail } from '../shared/api/inbox.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf, publish, type Account } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { openEditor, openStep, step } from './support/editor.ts';
import { furnish } from './support/furnish.ts';
import { expect, test } from './support/journey.ts';

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test('the pages before signing in have no serious finding', async ({ page }) => {
      for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/api/docs']) {
        await page.goto(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await expectAccessible(page, `${path} ${scheme}`);
      }
    });

    test('the pages of a workspace have no serious finding', async ({ page, person }) => {
      test.setTimeout(300_000);
      await page.goto('/');
      await expect(page.getByRole('textbox', { name: 'What should happen?' })).toBeVisible();
      await expectAccessible(page, `home, new, ${scheme}`);
      const { formUrl } = await furnish(person);
      const paths = [
        '/',
        '/workflows',
        '/dashboard',
        '/runs',
        '/templates',
        '/inbox',
        '/credits',
        ...['profile', 'workspace', 'members', 'api-keys', 'providers', 'appearance'].map((one) => `/settings/${one}`),
        '/no-such-page',
        new URL(formUrl).pathname,
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectAccessible(page, `${path} ${scheme}`);
      }
      await page.goto('/templates');
      await page.getByRole('button', { name: /Weekly newsletter draft/ }).click();
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Use template' })).toBeVisible();
      await expectAccessible(page, `a template ${scheme}`);
      await page.goto('/inbox');
      await page.getByRole('button', { name: /^To / }).first().click();
      await expect(page.getByRole('tablist')).toBeVisible();
      await expectAccessible(page, `an open mail ${scheme}`);
    });

    test('what people without an account see has no serious finding', async ({ page, person }) => {
      const graph = lineOf(
        ['manual_1', 'manual', {}],
        [
          'ask',
          'approval',
          {
            title: 'Send this?',
            message: 'A draft.',
            payload: 'Dear Grace',
            editable: true,
            approvers: 'a@example.com, b@example.com',
          },
        ],
      );
      const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Offers', graph });
      await person.api('POST', `/workflows/${id}/runs`, {});
      const { urls } = await publish(person, 'Form', lineOf(['form_1', 'form', contactForm]));
      const link = await linkInMail(person);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Waiting for approval' })).toBeVisible();
      await expectAccessible(page, `home with an approval ${scheme}`);
      for (const path of [urls['form_1']!, link]) {
        await page.goto(new URL(path).pathname);
        await expectAccessible(page, `${path} ${scheme}`);
      }
      await page.getByRole('combobox', { name: 'You are' }).selectOption('b@example.com');
      await page.getByRole('button', { name: 'Reject' }).click();
      await expect(page.getByText('Rejected by b@example.com.')).toBeVisible();
      await expectAccessible(page, `a decision ${scheme}`);
      await page.goto(new URL(urls['form_1']!).pathname);
      await page.getByRole('button', { name: 'Send' }).click();
      await expect(page.getByText('One answer needs another look.')).toBeVisible();
      await expectAccessible(page, `a form with an error ${scheme}`);
      await page.getByRole('textbox').fill('Grace');
      await page.getByRole('button', { name: 'Send' }).click();
      await expectAccessible(page, `thanks for a form ${scheme}`);
      await page.goto('/forms/nothing-here');
      await expectAccessible(page, `a closed form ${scheme}`);
    });

    test('the editor, its panels and a run have no serious finding', async ({ page, person }) => {
      test.setTimeout(300_000);
      const { workflowId, doneRunId, failedRunId } = await furnish(person);
      await page.goto('/workflows/new');
      await expect(page.getByRole('heading', { name: 'What should happen?' })).toBeVisible();
      await expectAccessible(page, `an empty editor ${scheme}`);
      await openEditor(page, workflowId);
      await expectAccessible(page, `the editor ${scheme}`);
      for (const id of ['webhook_1', 'condition_1', 'email_send_1']) {
        await openStep(page, id);
        await expectAccessible(page, `settings of ${id} ${scheme}`);
      }
      await completesAccessibly(page, scheme);
      await page.getByRole('button', { name: 'Close the settings' }).click();
      await page.getByRole('button', { name: 'History', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'History' })).toBeVisible();
      await expectAccessible(page, `the history ${scheme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.getByRole('dialog').getByRole('heading', { name: 'Step by step' })).toBeVisible();
      await expectAccessible(page, `the preview ${scheme}`);
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Show as a list' }).click();
      await expectAccessible(page, `the list view ${scheme}`);
      for (const runId of [doneRunId, failedRunId]) {
        await page.goto(`/runs/${runId}`);
        await expect(step(page, runId === doneRunId ? 'webhook_1' : 'http_request_1')).toBeVisible();
        await page.getByRole('button', { name: 'Log' }).click();
        await expectAccessible(page, `the run ${runId} ${scheme}`);
      }
    });
  });
}

const contactForm = {
  title: 'Contact us',
  description: 'We answer by mail.',
  fields: [{ name: 'name', label: 'Your name', type: 'text', required: true, options: [] }],
};

async function linkInMail(person: Account): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const { items } = await person.api<{ items: InboxItem[] }>('GET', '/inbox');
      for (const { id } of items)
        link ??= /https?:\/\/\S*\/approve\/\S+/.exec((await person.api<InboxMail>('GET', `/inbox/${id}`)).text)?.[0];
      return link;
    })
    .toBeTruthy();
  return link!;
}

/** A field with expressions says that it completes; while its list is open, which list that is and which entry is meant. */
async function completesAccessibly(page: Page, scheme: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Subject' });
  await expect(field).toHaveAttribute('aria-autocomplete', 'list');
  await expect(field).toHaveAttribute('aria-multiline', 'false');
  await field.click();
  await page.keyboard.press('End');
  await page.keyboard.type(' {{ ');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list).toBeVisible();
  await expect(field).toHaveAttribute('aria-haspopup', 'listbox');
  expect(await field.getAttribute('aria-controls')).toBe(await list.getAttribute('id'));
  const chosen = () => field.getAttribute('aria-activedescendant');
  await expect.poll(chosen).toBeTruthy();
  const first = await chosen();
  await page.keyboard.press('ArrowDown');
  await expect.poll(chosen).not.toBe(first);
  await expect(page.locator(`[id="${await chosen()}"]`)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(field).not.toHaveAttribute('aria-activedescendant');
}
