import { expect, type Browser, type BrowserContext } from '@playwright/test';
import type { InboxItem, InboxMail } from '../../shared/api/inbox.ts';
import { signUp, type Account } from './account.ts';
import { enter } from './browser.ts';

/** Somebody else in the workspace, with a browser of their own. Close the context in the end. */
export async function colleague(
  browser: Browser,
  url: string,
  owner: Account,
  name: string,
): Promise<{ account: Account; context: BrowserContext }> {
  const account = await signUp(url, undefined, name);
  await owner.api('POST', '/workspace/invitations', {
    email: account.email,
    role: 'editor',
  });
  const accepted = await fetch(`${url}/api/auth/organization/accept-invitation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: account.cookie, origin: url },
    // The mail has a token in place of the invitation's id.
    body: JSON.stringify({ invitationId: (await linkInMail(account, invitationLink)).split('/').at(-1) }),
  });
  if (!accepted.ok) throw new Error(`accepting gave ${accepted.status}: ${await accepted.text()}`);
  const { workspace } = await owner.api<{ workspace: { id: string } }>('GET', '/me');
  await account.api('POST', '/workspace/switch', { id: workspace.id });
  // As in the configuration: a service worker would answer for the server, past what a journey puts in the way.
  const context = await browser.newContext({ baseURL: url, serviceWorkers: 'block' });
  await enter(context, url, account);
  return { account, context };
}

export const invitationLink = /https?:\/\/\S*\/invitation\/\S+/;

/** Waits for a mail to that person whose text has such a link. */
export async function linkInMail(person: Account, pattern: RegExp): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const { items } = await person.api<{ items: InboxItem[] }>('GET', '/inbox');
      for (const { id } of items) {
        const { text } = await person.api<InboxMail>('GET', `/inbox/${id}`);
        link ??= pattern.exec(text)?.[0];
      }
      return link;
    })
    .toBeTruthy();
  return link!;
}
