import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxMailSchema } from '../../../shared/api/inbox.ts';
import type { MailContent } from '../../../shared/nodes/contract.ts';
import type { Actor } from '../../actor.ts';
import { testDatabase } from '../../database/testing.ts';
import { composeMail, envelopeOf } from '../../drivers/mail/mime.ts';
import { createSmtpTransport, type SmtpTransport } from '../../drivers/mail/smtp.ts';
import { createTestInbox, type TestInbox } from '../../drivers/mail/test-inbox.ts';
import { createInboxStore } from '../../store/inbox.ts';
import type { InboxDeps } from './present.ts';
import { listInbox, mailAttachment, mailSource, readMail } from './read.ts';
import { createReceiver, type Arrival } from './receive.ts';
import { clearInbox, removeMail } from './tidy.ts';

const db = await testDatabase();
const store = createInboxStore(db.knex);
const deps: InboxDeps = { store, builtIn: true };
const arrivals: Arrival[] = [];
let server: TestInbox;
let smtp: SmtpTransport;

beforeAll(async () => {
  const onMessage = createReceiver({ store, announce: (arrival) => arrivals.push(arrival), keep: 30 });
  server = await createTestInbox({ host: '127.0.0.1', port: 0, onMessage });
  smtp = createSmtpTransport({ url: server.url });
});
afterAll(async () => {
  smtp.close();
  await server.close();
});

/** The first of what must not be empty. */
function first<T>([value]: readonly T[]): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}

async function newActor(): Promise<Actor> {
  const workspaces = await db
    .knex('workspaces')
    .insert({ name: 'W', slug: randomUUID() })
    .returning<{ id: string }[]>('id');
  const users = await db
    .knex('users')
    .insert({ name: 'U', email: `${randomUUID()}@example.com` })
    .returning<{ id: string }[]>('id');
  return { workspaceId: first(workspaces).id, userId: first(users).id, role: 'owner', name: 'U', via: 'session' };
}

async function send(headers: Record<string, string>, content: Partial<MailContent> = {}): Promise<void> {
  const mail = { to: ['ada@example.com'], cc: [], bcc: [], subject: 'Hi', text: 'Hello Ada', ...content };
  const raw = await composeMail(mail, {
    messageId: `<${randomUUID()}@test>`,
    date: new Date(0),
    from: 'shop@example.com',
    headers,
  });
  await smtp.send(raw, envelopeOf(mail, 'shop@example.com'));
}

const ofWorkspace = ({ workspaceId }: Actor) => ({ 'X-Mailweave-Workspace': workspaceId });
const page = { limit: 30 };

describe('a mail over SMTP', () => {
  it('arrives, is announced, listed, read, downloaded and deleted', async () => {
    const actor = await newActor();
    const files = [
      { filename: 'a.csv', contentType: 'text/csv', contentBase64: 'YTti' },
      {
        filename: 'page.html',
        contentType: 'text/html',
        contentBase64: Buffer.from('<script>1</script>').toString('base64'),
      },
    ];
    await send(ofWorkspace(actor), { bcc: ['Eve@example.com'], html: '<p>Hello <b>Ada</b></p>', attachments: files });

    const list = await listInbox(deps, actor, page);
    const item = first(list.items);
    expect(list).toMatchObject({ builtIn: true, unread: 1, nextCursor: null });
    expect(item).toMatchObject({
      from: 'shop@example.com',
      to: ['ada@example.com', 'eve@example.com'],
      subject: 'Hi',
      snippet: 'Hello Ada',
      read: false,
    });
    expect(arrivals.at(-1)).toMatchObject({ id: item.id, workspaceId: actor.workspaceId, subject: 'Hi' });

    const mail = await readMail(deps, actor, { id: item.id });
    expect(inboxMailSchema.parse(mail)).toEqual(mail);
    expect(mail).toMatchObject({
      html: '<p>Hello <b>Ada</b></p>',
      text: 'Hello Ada',
      read: true,
      hasAttachments: true,
    });
    expect((await listInbox(deps, actor, page)).unread).toBe(0);

    expect((await mailSource(deps, actor, { id: item.id })).source).toMatch(/^X-Mailweave-Workspace: /m);
    const csv = await mailAttachment(deps, actor, { id: item.id, index: 0 });
    expect([csv.name, csv.type, await csv.text()]).toEqual(['a.csv', 'text/csv', 'a;b']);
    // Served as HTML it would run as a page of ours.
    expect((await mailAttachment(deps, actor, { id: item.id, index: 1 })).type).toBe('application/octet-stream');
    await expect(mailAttachment(deps, actor, { id: item.id, index: 2 })).rejects.toMatchObject({ code: 'not_found' });

    await removeMail(deps, actor, { id: item.id });
    await expect(readMail(deps, actor, { id: item.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stays with its workspace', async () => {
    const [actor, stranger] = [await newActor(), await newActor()];
    await send(ofWorkspace(actor));
    const item = first((await listInbox(deps, actor, page)).items);
    const id = item.id;
    expect((await listInbox(deps, stranger, page)).items).toEqual([]);
    const attempts = [readMail, mailSource, removeMail].map((useCase) => useCase(deps, stranger, { id }));
    for (const result of await Promise.allSettled([...attempts, mailAttachment(deps, stranger, { id, index: 0 })])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    }
    await clearInbox(deps, stranger);
    expect((await listInbox(deps, actor, page)).items).toHaveLength(1);
  });

  it('of the product itself reaches the person, not their API key', async () => {
    const actor = await newActor();
    const user = await db.knex('users').where({ id: actor.userId }).first<{ email: string }>('email');
    await send({}, { to: [user?.email ?? ''], subject: 'Reset your password' });
    expect((await listInbox(deps, actor, page)).items).toMatchObject([{ subject: 'Reset your password' }]);
    expect((await listInbox(deps, { ...actor, via: 'api-key' }, page)).items).toEqual([]);
  });

  it.each([
    ['not a uuid', (id: string) => `x${id}`],
    ['of nobody', () => randomUUID()],
    ['two at once', (id: string) => `${id}, ${id}`],
  ])('with a workspace header that is %s belongs to nobody', async (_name, claim) => {
    const actor = await newActor();
    await send({ 'X-Mailweave-Workspace': claim(actor.workspaceId) });
    expect((await listInbox(deps, actor, page)).items).toEqual([]);
    expect(arrivals.at(-1)?.workspaceId).toBeNull();
  });

  it('is not deleted by a viewer', async () => {
    const viewer: Actor = { ...(await newActor()), role: 'viewer' };
    await send(ofWorkspace(viewer));
    const item = first((await listInbox(deps, viewer, page)).items);
    await expect(removeMail(deps, viewer, { id: item.id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(clearInbox(deps, viewer)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('pushes out the oldest beyond the limit', async () => {
    const actor = await newActor();
    await Promise.all(Array.from({ length: 50 }, () => send(ofWorkspace(actor))));
    expect((await listInbox(deps, actor, { limit: 100 })).items).toHaveLength(30);
  });
});
