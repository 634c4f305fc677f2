import { defineConfig, devices } from '@playwright/test';

/**
 * Journeys in a real browser against a real server, which e2e/setup.ts starts on a free port with an empty DATA_DIR.
 * `npm test` names the browser; by hand: CHROMIUM=/usr/bin/chromium npx playwright test
 */
export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/setup.ts',
  outputDir: './test-results/journeys',
  timeout: 90_000,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  use: {
    ...devices['Desktop Chrome'],
    ...(process.env.MAILWEAVE_URL ? { baseURL: process.env.MAILWEAVE_URL } : {}),
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
