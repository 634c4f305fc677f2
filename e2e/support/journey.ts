import { test as base, expect, type Page } from '@playwright/test';
import { signUp, type Account } from './account.ts';
import { enter } from './browser.ts';

interface Journey {
  /** Somebody new, signed in in this browser and over the API. */
  person: Account;
  /** What went wrong behind the page's back; a journey ends with none. */
  faults: string[];
}

/** The browser's own word for an answer of 400 or more; refusals are part of the journeys, and 500s are noticed by their status. */
const refusedAnswer = /Failed to load resource/;

/** The sealed frame of a mail does its duty when the test's own tools try to look into it. */
const sealedFrame = /^Blocked script execution in 'about:srcdoc' because the document's frame is sandboxed/;

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const isExpected = refusedAnswer.test(message.text()) || sealedFrame.test(message.text());
    if (message.type() === 'error' && !isExpected) faults.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500)
      faults.push(`${response.status()} from ${response.request().method()} ${response.url()}`);
  });
}

export const test = base.extend<Journey>({
  faults: [
    async ({ context }, provide) => {
      const faults: string[] = [];
      context.on('page', (page) => watch(page, faults));
      await provide(faults);
      expect(faults, 'errors in the console, answers of 5xx').toEqual([]);
    },
    { auto: true },
  ],
  person: async ({ baseURL, context }, provide) => {
    const person = await signUp(baseURL!);
    await enter(context, baseURL!, person);
    await provide(person);
  },
});

export { expect } from '@playwright/test';
