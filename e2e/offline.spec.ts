import type { Workflow } from '../shared/api/workflows.ts';
import { lineOf } from './support/account.ts';
import { steps } from './support/editor.ts';
import { expect, test } from './support/journey.ts';

test.use({ serviceWorkers: 'allow' });

test('the app can be installed, opens without a network, and loses no edit', async ({
  page,
  context,
  person,
  faults,
}) => {
  const graph = lineOf(['manual_1', 'manual', {}], ['set_1', 'set', { fields: [{ name: 'a', value: '1' }] }]);
  const { id } = await person.api<Workflow>('POST', '/workflows', { name: 'On the train', graph });
  await page.goto(`/workflows/${id}`);
  await expect(steps(page)).toHaveCount(2);

  const manifest = (await (await page.request.get('/manifest.webmanifest')).json()) as {
    name: string;
    display: string;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect([manifest.name, manifest.display]).toEqual(['Mailweave', 'standalone']);
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable');
  for (const { src } of manifest.icons) expect((await page.request.get(src)).status(), src).toBe(200);

  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const kept = await page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/');
  expect(
    kept.filter((path) => !/^\/(?:assets\/[\w.-]+|icons\/192\.png|[\w-]+\.(?:js|svg|webmanifest))?$/.test(path)),
  ).toEqual([]);

  await context.setOffline(true);
  await expect(page.getByText('You are offline.').first()).toBeVisible();
  const name = page.getByRole('textbox', { name: 'Title of the step' });
  await steps(page).nth(1).click();
  await page.keyboard.press('F2');
  await name.first().fill('Written in a tunnel');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your changes are kept here').first()).toBeVisible();

  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText('No connection to the server')).toBeVisible();

  // No editor is open when the network comes back: it would save by itself, and have nothing to say afterwards.
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(`/workflows/${id}`);
  await expect(page.getByText('Changes that were not saved are back').first()).toBeVisible();
  await expect(page.getByText('Written in a tunnel').first()).toBeVisible();
  await expect
    .poll(async () => (await person.api<Workflow>('GET', `/workflows/${id}`)).graph.nodes.map(({ title }) => title))
    .toContain('Written in a tunnel');
  // Without a network the browser itself complains in the console.
  const others = faults.splice(0).filter((fault) => !/WebSocket|ERR_INTERNET_DISCONNECTED/.test(fault));
  expect(others).toEqual([]);
});
