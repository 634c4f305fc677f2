import { expect, test } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { newPerson, PASSWORD, Person, testServer } from './testing.ts';

const db = await testDatabase();
const server = await testServer(db);

function linkTo(person: Person, path: string): string {
  const mail = server.mails.findLast(({ to }) => to === person.email);
  const link = new RegExp(`${server.url}/${path}\\S*`).exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error(`no link to ${path} in ${mail?.text}`);
  return link;
}

async function tokenOf(person: Person): Promise<string> {
  return decodeURIComponent(new URL(linkTo(person, 'reset-password')).searchParams.get('token') ?? '');
}

test('signing up gives a session and a workspace of one’s own', async () => {
  const ada = await newPerson(server, 'Ada');
  const me = await ada.send('GET', '/api/v1/me');
  expect(me.status).toBe(200);
  expect(me.body).toMatchObject({
    user: { name: 'Ada', email: 'ada@example.com', emailVerified: false },
    workspace: { name: 'Ada’s workspace', role: 'owner', timezone: 'UTC' },
    workspaces: [{ name: 'Ada’s workspace', role: 'owner' }],
    creditsMicro: 5_000_000,
  });
  expect(server.created).toContain(me.body['workspace']?.['id']);
});

test('cookies are HttpOnly and SameSite=Lax, and signing out ends the session', async () => {
  const bob = new Person(server, 'Bob');
  const [cookie] = (await bob.signUp()).headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/);
  const kept = bob.cookie;
  expect((await bob.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
  const stale = await new Person(server, 'Bob').send('GET', '/api/v1/me', undefined, { cookie: kept });
  expect(stale).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
  expect((await bob.signIn()).status).toBe(200);
  expect((await bob.send('GET', '/api/v1/me')).status).toBe(200);
});

test('on https cookies are Secure with the __Host- prefix, and pages ask for https', async () => {
  const secure = await testServer(db, { publicUrl: 'https://mail.example' });
  const answer = await new Person(secure, 'Sec').signUp();
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-mailweave\.session_token=.*Path=\/;.*Secure/);
  expect(answer.headers.getSetCookie()[0]).not.toMatch(/Domain/i);
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
});

test.each([
  ['a short password', { password: 'short' }, 'PASSWORD_TOO_SHORT', 'password'],
  ['an address that is none', { email: 'nobody' }, 'VALIDATION_ERROR', 'email'],
  ['an address that is taken', { email: 'ada@example.com' }, 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', 'email'],
])('signing up with %s is refused in our error shape', async (_what, wrong, authCode, field) => {
  const body = { name: 'New', email: 'new@example.com', password: PASSWORD, ...wrong };
  const answer = await new Person(server, 'x').send('POST', '/api/auth/sign-up/email', body);
  expect(answer.body).toEqual({
    error: {
      code: 'bad_request',
      message: expect.stringMatching(`^${field}: `),
      details: { authCode, fields: { [field]: expect.any(String) } },
      requestId: answer.headers.get('x-request-id'),
    },
  });
  expect(answer.status).toBe(400);
});

test('a wrong password and an unknown address look the same', async () => {
  const wrong = await new Person(server, 'Ada').signIn('not the password');
  const unknown = await new Person(server, 'Nobody').signIn();
  expect(wrong.status).toBe(401);
  expect({ ...wrong.body['error'], requestId: '' }).toEqual({ ...unknown.body['error'], requestId: '' });
});

test('a password is reset by mail: once, and it ends every session', async () => {
  const cleo = await newPerson(server, 'Cleo');
  const asked = await new Person(server, 'Cleo').send('POST', '/api/auth/request-password-reset', {
    email: cleo.email,
  });
  const unknown = await cleo.send('POST', '/api/auth/request-password-reset', { email: 'nobody@example.com' });
  expect(asked.body).toEqual(unknown.body);
  expect(server.mails.some(({ to }) => to === 'nobody@example.com')).toBe(false);

  const token = await tokenOf(cleo);
  const { rows } = await db.pool.query('SELECT identifier, value FROM verifications');
  expect(JSON.stringify(rows)).not.toContain(token);

  const newPassword = 'an entirely new one';
  const reset = () => new Person(server, 'x').send('POST', '/api/auth/reset-password', { token, newPassword });
  expect((await reset()).status).toBe(200);
  expect((await reset()).status).toBe(400);
  expect((await cleo.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await cleo.signIn(PASSWORD)).status).toBe(401);
  expect((await cleo.signIn(newPassword)).status).toBe(200);
});

test('where addresses must be confirmed, sign-up says nothing about who exists', async () => {
  const strict = await testServer(db, { requireVerifiedEmail: true });
  const known = await new Person(strict, 'Ada').signUp();
  const fresh = new Person(strict, 'Frank');
  const made = await fresh.signUp();
  expect(known.status).toBe(200);
  expect(Object.keys(known.body)).toEqual(Object.keys(made.body));
  expect(known.headers.getSetCookie()).toEqual([]);
  expect(strict.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['ada@example.com', 'You already have a Mailweave account'],
    ['frank@example.com', 'Confirm your address for Mailweave'],
  ]);
  expect((await fresh.signIn()).status).toBe(403);
  const token = /verify-email\?token=(\S+)/.exec(strict.mails.at(-1)?.text ?? '')?.[1] ?? '';
  expect((await fresh.send('GET', `/api/auth/verify-email?token=${token}`)).status).toBe(200);
  expect((await fresh.send('GET', '/api/v1/me')).body).toMatchObject({ user: { emailVerified: true } });
});

test('sessions are listed and can be ended', async () => {
  const dan = await newPerson(server, 'Dan');
  const phone = new Person(server, 'Dan');
  await phone.signIn();
  const sessions = await dan.send('GET', '/api/auth/list-sessions');
  expect(sessions.body).toHaveLength(2);
  expect((await dan.send('POST', '/api/auth/revoke-other-sessions', {})).status).toBe(200);
  expect((await phone.send('GET', '/api/v1/me')).status).toBe(401);
  expect((await dan.send('GET', '/api/v1/me')).status).toBe(200);
});

test('guessing a password is stopped per account and address', async () => {
  const limited = await testServer(db, { attemptScale: 1 });
  const guesser = new Person(limited, 'Zoe');
  for (let n = 0; n < 10; n++) expect((await guesser.signIn('wrong password')).status).toBe(401);
  const refused = await guesser.signIn();
  expect(refused).toMatchObject({
    status: 429,
    body: { error: { code: 'rate_limited', details: { retryAfterMs: expect.any(Number) } } },
  });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  // A forged address does not open a new bucket; another account is not locked out by this one.
  const forged = { 'x-forwarded-for': '203.0.113.9', 'x-mailweave-client-ip': '203.0.113.9' };
  const body = { email: guesser.email, password: PASSWORD };
  expect((await guesser.send('POST', '/api/auth/sign-in/email', body, forged)).status).toBe(429);
  expect((await new Person(limited, 'Bob').signIn()).status).toBe(200);
});

test('addresses of the auth library that we do not use are closed', async () => {
  const ada = new Person(server, 'Ada');
  await ada.signIn();
  for (const path of [
    '/organization/create',
    '/organization/invite-member',
    '/api-key/create',
    '/delete-user',
    '/change-email',
  ]) {
    expect((await ada.send('POST', `/api/auth${path}`, {})).status, path).toBe(404);
  }
});
