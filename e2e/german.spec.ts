import type { Page } from '@playwright/test';
import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/journey.ts';

/** What stands on a page in German, and English words that may not. */
const pages: readonly { path: string; words: readonly string[] }[] = [
  { path: '/', words: ['Was soll passieren?', 'Startseite', 'Läufe'] },
  { path: '/workflows', words: ['Neuer Workflow', 'Workflows suchen', 'Entwurf'] },
  { path: '/runs', words: ['Noch ist nichts gelaufen'] },
  { path: '/templates', words: ['Zahlungserinnerungen', 'Kampagnen'] },
  { path: '/inbox', words: ['Posteingang', 'Noch keine Mail'] },
  { path: '/credits', words: ['Guthaben', 'Auszug'] },
  { path: '/settings/members', words: ['Mitglieder', 'Jemanden einladen', 'Inhaber'] },
];
/** Steps of templates are data, written in English. */
const spokenBySomebody: ReadonlySet<string> = new Set(['/templates']);
const english = /\b(?:Settings|Search|New workflow|Templates|Inbox|Runs|Members|Owner|Nothing|Draft|the|with|your)\b/;

test('the language is changed to German, and no page speaks English any more', async ({ page, person }) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['email_send_1', 'email-send', {}]);
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'Rundbrief', graph });
  await page.goto('/settings/appearance');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');

  for (const { path, words } of pages) {
    await page.goto(path);
    for (const word of words) await expect.poll(() => spoken(page), `${path}: ${word}`).toContain(word);
    if (!spokenBySomebody.has(path)) expect(await page.locator('body').innerText(), path).not.toMatch(english);
  }
  await expectAccessible(page, 'settings');

  await page.goto(`/workflows/${id}`);
  await expect(page.getByRole('button', { name: 'Veröffentlichen' })).toBeVisible();
  await page.getByText('Noch kein Empfänger').click();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Mindestens einen Empfänger hinzufügen').first()).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Betreff' })).toBeVisible();
  await expectAccessible(page, 'editor');
});

test('nothing is shown before the words are there, however late they come', async ({ page, person }) => {
  expect(person.email).not.toBe('');
  await page.addInitScript(() => localStorage.setItem('mailweave-language', 'de'));
  await page.route(/\/assets\/de-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.goto('/');
  // The words of the navigation are constants of a module: they are said once.
  await expect(page.getByRole('link', { name: 'Läufe' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Posteingang' })).toBeVisible();
  await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', '/manifest.webmanifest?language=de');
});

/** The words of a page, and what a screen reader says besides. */
async function spoken(page: Page): Promise<string> {
  const labels = await page
    .locator('[aria-label], [placeholder]')
    .evaluateAll((all) => all.map((one) => `${one.getAttribute('aria-label')} ${one.getAttribute('placeholder')}`));
  return `${await page.locator('body').innerText()} ${labels.join(' ')}`;
}
