// Pictures of every page into docs/screens, in light and dark, on a desktop and a phone. ops/screens.mjs starts it.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { signUp } from './support/account.ts';
import { enter } from './support/browser.ts';
import { furnish } from './support/furnish.ts';
import { startInstance } from './support/instance.ts';
import { scenes, type Scene, type Stage } from './support/scenes.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'screens');
const devices = [
  { device: 'desktop', viewport: { width: 1440, height: 900 }, phone: false },
  { device: 'phone', viewport: { width: 390, height: 844 }, phone: true },
] as const;
const schemes = ['light', 'dark'] as const;
/** After the last change of the page, so that nothing is half faded in. */
const settleMs = 400;

const wanted = process.argv.slice(2);
const chosen = scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

const dataDir = mkdtempSync(join(tmpdir(), 'screens-'));
chmodSync(dataDir, 0o711);
const instance = await startInstance({ DATA_DIR: dataDir });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});
try {
  await takeAll(browser, instance.url);
} finally {
  await browser.close();
  await instance.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function takeAll(from: Browser, url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const owner = await signUp(url, 'ada@example.com');
  const furniture = await furnish(owner);
  let failed = 0;
  for (const { device, viewport, phone } of devices) {
    for (const colorScheme of schemes) {
      for (const scene of chosen) {
        // Somebody new has nothing yet, so that each such picture is the same whatever was taken before.
        const person = scene.who === 'owner' ? owner : scene.who === 'new' ? await signUp(url) : null;
        const stage: Stage = { ...furniture, person, phone };
        const context = await from.newContext({
          baseURL: url,
          viewport,
          colorScheme,
          isMobile: phone,
          hasTouch: phone,
          reducedMotion: 'reduce',
          locale: 'en-GB',
          timezoneId: 'Europe/Berlin',
        });
        const file = join(folder, `${scene.name}-${device}-${colorScheme}.jpg`);
        try {
          await take(context, url, scene, stage, file);
        } catch (error) {
          failed += 1;
          console.error(
            `FAILED ${scene.name} ${device} ${colorScheme}: ${error instanceof Error ? error.message : String(error)}`,
          );
        } finally {
          await context.close();
        }
      }
    }
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  console.log(
    `${files.length} pictures in docs/screens, ${(bytes / 1e6).toFixed(1)} MB${failed > 0 ? `, ${failed} failed` : ''}`,
  );
  if (failed > 0) process.exitCode = 1;
}

async function take(context: BrowserContext, url: string, scene: Scene, stage: Stage, file: string): Promise<void> {
  if (stage.person) await enter(context, url, stage.person);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await scene.show(page, stage);
  await page.waitForTimeout(settleMs);
  await page.screenshot({ path: file, type: 'jpeg', quality: 80 });
}
