import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { testDatabase } from '../database/testing.ts';
import { createInboxStore, type InboxViewer, type NewInboxMail } from './inbox.ts';

const db = await testDatabase();
const inbox = createInboxStore(db.knex);

let ours: InboxViewer;
let theirs: InboxViewer;
let address = '';

/** The first of what must not be empty. */
function first<T>([value]: readonly T[]): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}

async function viewer(email: string): Promise<InboxViewer> {
  const workspaces = await db
    .knex('workspaces')
    .insert({ name: 'W', slug: randomUUID() })
    .returning<{ id: string }[]>('id');
  const users = await db.knex('users').insert({ name: 'U', email }).returning<{ id: string }[]>('id');
  return { workspaceId: first(workspaces).id, userId: first(users).id };
}

function mail(changes: Partial<NewInboxMail> = {}): NewInboxMail {
  return {
    workspaceId: ours.workspaceId,
    messageId: '<a@b>',
    from: 'Shop <shop@example.com>',
    to: ['customer@example.com'],
    subject: 'Hello',
    snippet: 'Hi there',
    hasAttachments: false,
    raw: Buffer.from('raw\0bytes'),
    receivedAt: new Date('2026-11-22T10:00:00Z'),
    ...changes,
  };
}

const put = async (changes: Partial<NewInboxMail> = {}) => (await inbox.insert(mail(changes))).id;
const idsFor = async (who: InboxViewer, query: object = {}) =>
  (await inbox.list(who, { limit: 100, ...query })).rows.map(({ id }) => id);

beforeEach(async () => {
  await db.knex('inbox_messages').delete();
  address = `ada-${randomUUID()}@example.com`;
  ours = await viewer(address);
  theirs = await viewer(`eve-${randomUUID()}@example.com`);
});

describe('who sees a mail', () => {
  it('the workspace that sent it, and nobody else', async () => {
    const id = await put();
    expect(await idsFor(ours)).toEqual([id]);
    expect(await idsFor({ ...ours, userId: null })).toEqual([id]);
    expect(await idsFor(theirs)).toEqual([]);
    expect(await inbox.find(theirs, id)).toBeUndefined();
    expect(await inbox.countUnread(theirs)).toBe(0);
    await inbox.markRead(theirs, id);
    expect(await inbox.countUnread(ours)).toBe(1);
    expect(await inbox.remove(theirs, id)).toBe(false);
    expect(await inbox.clear(theirs)).toBe(0);
    expect(await idsFor(ours)).toEqual([id]);
  });

  it('the person it is addressed to, whatever the case, but not their API key', async () => {
    const id = await put({ workspaceId: null, to: [address.toUpperCase(), 'other@example.com'] });
    expect(await idsFor(ours)).toEqual([id]);
    expect(await idsFor({ ...ours, userId: null })).toEqual([]);
    expect(await inbox.find({ ...ours, userId: null }, id)).toBeUndefined();
    expect(await inbox.remove({ ...ours, userId: null }, id)).toBe(false);
    expect(await idsFor(theirs)).toEqual([]);
    expect(await inbox.remove(ours, id)).toBe(true);
  });

  it('of another workspace only oneself as recipient, and without the right to delete', async () => {
    const id = await put({ workspaceId: theirs.workspaceId, to: ['hidden@example.com', address] });
    expect((await inbox.find(ours, id))?.to).toEqual([address]);
    expect((await inbox.find(theirs, id))?.to).toEqual(['hidden@example.com', address]);
    expect(await inbox.remove(ours, id)).toBe(false);
    expect(await inbox.clear(ours)).toBe(0);
  });

  it('nobody when the workspace it names is gone', async () => {
    const stored = await inbox.insert(mail({ workspaceId: randomUUID() }));
    expect(stored.workspaceId).toBeNull();
    expect([...(await idsFor(ours)), ...(await idsFor(theirs))]).toEqual([]);
  });
});

describe('list', () => {
  it('pages through mails of the same instant without gaps', async () => {
    const ids = [];
    for (let n = 0; n < 7; n++) ids.push(await put({ receivedAt: new Date(1_000 * Math.floor(n / 3)) }));
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await inbox.list(ours, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
  });

  it.each([
    ['shop@', true],
    ['CUSTOMER', true],
    ['100%', true],
    ['hi there', true],
    ['100_', false],
    ["'; DROP TABLE inbox_messages; --", false],
  ])('search %j finds it: %s', async (search, found) => {
    await put({ subject: 'Now 100% off' });
    expect(await idsFor(ours, { search })).toHaveLength(found ? 1 : 0);
  });

  it('gives whole rows', async () => {
    const id = await put({ subject: 'with \0 in it' });
    const [row] = (await inbox.list(ours, { limit: 1 })).rows;
    expect(row).toEqual({
      id,
      from: 'Shop <shop@example.com>',
      to: ['customer@example.com'],
      subject: 'with \uFFFD in it',
      snippet: 'Hi there',
      hasAttachments: false,
      size: 9,
      receivedAt: new Date('2026-11-22T10:00:00Z'),
      read: false,
    });
  });
});

it('finds the bytes, marks as read once, and counts what is unread', async () => {
  const id = await put();
  await put();
  expect((await inbox.find(ours, id))?.raw).toEqual(Buffer.from('raw\0bytes'));
  await inbox.markRead(ours, id);
  expect((await inbox.find(ours, id))?.read).toBe(true);
  expect(await inbox.countUnread(ours)).toBe(1);
});

it('trims the oldest of one workspace only', async () => {
  for (let n = 0; n < 5; n++) await put({ receivedAt: new Date(n) });
  await put({ workspaceId: theirs.workspaceId, receivedAt: new Date(0) });
  await put({ workspaceId: null, to: [address], receivedAt: new Date(0) });
  const newest = (await idsFor({ ...ours, userId: null })).slice(0, 2);
  await inbox.trim(ours.workspaceId, 2);
  expect(await idsFor({ ...ours, userId: null })).toEqual(newest);
  expect(await idsFor(theirs)).toHaveLength(1);
  await inbox.trim(null, 0);
  expect(await idsFor(ours)).toEqual(newest);
});
