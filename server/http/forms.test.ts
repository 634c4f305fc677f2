import { expect, test } from 'vitest';
import { allRunsEnded, lineOf, publish, signUp } from '../../e2e/support/account.ts';
import type { Run } from '../../shared/api/runs.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import { testDatabase } from '../database/testing.ts';
import { testProduct } from '../testing.ts';
import { networkOf } from './form-limit.ts';

/** The public page of a form, against the whole product. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

const hostile = '"><script>alert(1)</script>';
const config = {
  title: `Contact ${hostile}`,
  description: hostile,
  thanks: `Thanks ${hostile}`,
  submitLabel: hostile,
  fields: [
    { name: 'email', label: `Mail ${hostile}`, type: 'email', required: true, options: [] },
    { name: 'size', label: 'Size', type: 'select', required: false, options: ['S', hostile] },
    { name: 'seats', label: 'Seats', type: 'number', required: false, options: [] },
  ],
};

async function form(...steps: Parameters<typeof lineOf>): Promise<{ url: string; id: string }> {
  const { urls, workflow } = await publish(ada, 'Form', lineOf(['page', 'form', config], ...steps));
  return { url: urls['page']!, id: workflow.id };
}

async function open(url: string, fields?: Record<string, string>, language?: string) {
  const headers = language === undefined ? {} : { 'accept-language': language };
  const response = await fetch(
    url,
    fields ? { method: 'POST', body: new URLSearchParams(fields), headers } : { headers },
  );
  return { status: response.status, headers: response.headers, page: await response.text() };
}

test('the page shows what its author wrote as text, and runs no script', async () => {
  const { status, headers, page } = await open((await form()).url);
  expect(status).toBe(200);
  expect(page).toContain('&quot;&gt;&lt;script&gt;');
  expect(page).not.toContain('<script');
  expect(page).toMatch(/<input type="email"[^>]* name="email" required/);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/);
  expect(headers.get('content-security-policy')).toMatch(/style-src[^;]*unsafe-inline/);
});

test('errors stand beside their fields, with what was sent; nothing runs', async () => {
  const { url, id } = await form();
  const { status, page } = await open(url, { email: `nobody${hostile}`, size: 'XXL', seats: '3' });
  expect(status).toBe(422);
  expect(page).toContain('2 answers need another look.');
  expect(page).toMatch(/aria-invalid="true" aria-describedby="field-email-error" value="nobody&quot;&gt;/);
  expect(page).toMatch(/id="field-size-error">Please choose one of the options\./);
  expect(page).toMatch(/name="seats" value="3"/);
  expect(page).not.toContain('<script');
  expect((await ada.api<{ items: unknown[] }>('GET', `/runs?workflowId=${id}`)).items).toEqual([]);
});

test('a good one starts a run with typed fields, drops what was not asked for, and says thanks', async () => {
  const { url, id } = await form();
  const { status, page } = await open(url, { email: ' ada@example.com ', seats: '1,5', extra: 'x' });
  expect([status, page]).toEqual([200, expect.stringContaining('Thanks &quot;&gt;&lt;script&gt;')]);
  await allRunsEnded(ada, 1);
  const { items } = await ada.api<{ items: { id: string }[] }>('GET', `/runs?workflowId=${id}`);
  const { events } = await ada.api<Run>('GET', `/runs/${items[0]?.id}`);
  expect(events[0]).toMatchObject({ output: { fields: { email: 'ada@example.com', size: null, seats: 1.5 } } });
  expect(JSON.stringify(events)).not.toContain('extra');
});

test('a Respond step has the last word, also with the status of our own', async () => {
  const { url } = await form([
    'say',
    'respond',
    { status: 202, bodyType: 'html', body: '<h1>Hi {{ trigger.fields.email }}</h1>' },
  ]);
  const { status, headers, page } = await open(url, { email: 'ada@example.com' });
  expect([status, page]).toEqual([202, '<h1>Hi ada@example.com</h1>']);
  expect(headers.get('content-security-policy')).toMatch(/^sandbox /);
});

test('who sends a form gets a page also when the run fails, or never gets to its Respond step', async () => {
  const failed = await open(await endingBeforeRespond('failed'), { email: 'ada@example.com' });
  expect([failed.status, failed.page]).toEqual([500, expect.stringContaining('You need not send it again.')]);
  expect(failed.page).not.toContain('secret reason');
  const ended = await open(await endingBeforeRespond('done'), { email: 'ada@example.com' });
  expect([ended.status, ended.page]).toEqual([200, expect.stringContaining('Thanks')]);
});

/** A Respond step is there, and the run goes another way. */
async function endingBeforeRespond(status: 'done' | 'failed'): Promise<string> {
  const { nodes } = lineOf(
    ['page', 'form', config],
    ['ask', 'condition', { rules: { rules: [{ left: '1', operator: 'equals', right: '2' }] } }],
    ['say', 'respond', {}],
    ['stop', 'stop', { status, message: 'secret reason' }],
  );
  const edges = [edgeBetween('page', 'ask'), edgeBetween('ask', 'say', 'true'), edgeBetween('ask', 'stop', 'false')];
  return (await publish(ada, 'Form', { nodes, edges, direction: 'down' })).urls['page']!;
}

test('a closed form says so as a page', async () => {
  const { url, id } = await form();
  await ada.api('PUT', `/workflows/${id}/active`, { active: false });
  expect(await open(url)).toMatchObject({ status: 404, page: expect.stringContaining('This form is closed') });
  expect(await open(url, { email: 'ada@example.com' })).toMatchObject({ status: 404 });
});

test('a visitor reads our words in their language, and the author’s as they are', async () => {
  const { url, id } = await form();
  const { headers, page } = await open(url, undefined, 'fr, de-AT;q=0.8, en;q=0.5');
  expect([headers.get('content-language'), headers.get('vary')]).toEqual([
    'de',
    expect.stringContaining('Accept-Language'),
  ]);
  expect(page).toContain('<html lang="de">');
  expect(page).toContain('<span class="optional">freiwillig</span>');
  expect(page).toContain('<h1>Contact &quot;&gt;');
  const wrong = await open(url, { email: 'nobody', seats: 'x' }, 'de');
  expect(wrong.page).toContain('Bitte noch 2 Angaben prüfen.');
  expect(wrong.page).toContain('Bitte eine Zahl eingeben.');
  expect((await open(url, { email: 'nobody' }, 'de')).page).toContain('Bitte noch eine Angabe prüfen.');
  await ada.api('PUT', `/workflows/${id}/active`, { active: false });
  const closed = await open(url, undefined, 'de');
  expect(closed.page).toContain('Dieses Formular ist geschlossen');
  expect(closed.page).toContain('Hier hört nichts.');
});

test('the 31st sending of a minute from one network waits; other forms do not', async () => {
  const { url } = await form();
  for (let i = 0; i < 30; i++) expect((await open(url, {})).status).toBe(422);
  const refused = await open(url, { email: 'ada@example.com' });
  expect([refused.status, refused.page]).toEqual([429, expect.stringContaining('Try again in')]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await open(url)).status).toBe(200);
  expect((await open((await form()).url, {})).status).toBe(422);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
