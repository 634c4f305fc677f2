import { defineConfig, devices } from '@playwright/test';

/**
 * Journeys in a real browser against a real server, which e2e/setup.ts starts on a free port with an empty DATA_DIR.
 * `npm test` names the browser; by hand: CHROMIUM=/usr/bin/chromium npx playwright test
 */
export default defineConfig({
  testDir: './e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/setup.ts',
  outputDir: './test-results/journeys',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // A shared machine can stall for seconds: a journey that fails there is tried once more, and listed as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...(process.env.MAILWEAVE_URL ? { baseURL: process.env.MAILWEAVE_URL } : {}),
    // Only the journey about it has a service worker: elsewhere it would answer for the server.
    serviceWorkers: 'block',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    // Recording costs as much as many a journey itself: it is done where one is tried again. By hand: --trace on
    trace: 'on-first-retry',
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
  projects: [
    {
      name: 'desktop',
      testIgnore: '*.phone.spec.ts',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      testMatch: '*.phone.spec.ts',
      use: { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
  ],
});
