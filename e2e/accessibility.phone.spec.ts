import { expectAccessible } from './support/axe.ts';
import { openEditor, step } from './support/editor.ts';
import { furnish } from './support/furnish.ts';
import { expect, test } from './support/journey.ts';

test('a phone: every page fits the screen and has no serious finding', async ({ page, person }) => {
  test.setTimeout(300_000);
  const { workflowId, doneRunId } = await furnish(person);
  const paths = [
    '/',
    '/workflows',
    '/runs',
    '/templates',
    '/inbox',
    '/credits',
    '/settings/members',
    `/runs/${doneRunId}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  }
  await openEditor(page, workflowId);
  await expectAccessible(page, 'the editor');
  await step(page, 'email_send_1').tap();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('tab', { name: 'Settings' })).toBeVisible();
  await expectAccessible(page, 'the settings sheet');
});
