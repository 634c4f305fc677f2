import type { BrowserContext } from '@playwright/test';
import type { Account } from './account.ts';

/** Lets a browser be that person. */
export async function enter(context: BrowserContext, url: string, { cookie }: Account): Promise<void> {
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    }),
  );
}
