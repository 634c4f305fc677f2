import { createApiClient, type ApiClient } from '../../shared/api/client.ts';
import { DemoFailure } from './failure.ts';

/** A person who has just signed up, with a workspace of their own. */
export interface DemoAccount {
  email: string;
  cookie: string;
  api: ApiClient;
}

/** @throws DemoFailure when sign-up is refused, or the address has to be confirmed first. */
export async function signUp(url: string): Promise<DemoAccount> {
  const email = `demo-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const answer = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'Demo', email, password: crypto.randomUUID() }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok)
    throw new DemoFailure(`Signing up was refused (${answer.status}): ${(await answer.text()).slice(0, 300)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  if (!cookie) throw new DemoFailure('This instance asks new people to confirm their address, which a demo cannot do.');
  return { email, cookie, api: createApiClient(url, { cookie }) };
}
