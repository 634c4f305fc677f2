import { describe, expect, test, vi } from 'vitest';
import { lineOf, publish, signUp } from '../../../e2e/support/account.ts';
import { mostBytes } from '../../../shared/engine/payloads.ts';
import type { Approval } from '../../../shared/api/approvals.ts';
import type { InboxItem, InboxMail } from '../../../shared/api/inbox.ts';
import type { Preview, Run } from '../../../shared/api/runs.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { edgeBetween, type WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { testDatabase } from '../../database/testing.ts';
import { newRun } from '../../engine/begin.ts';
import { testProduct } from '../../testing.ts';
import { createApprovalPort } from './port.ts';

/** Approvals against the whole product: a workflow asks, people decide in the app, by API and by the link in their mail. */
const db = await testDatabase();
const product = await testProduct(db);
const ada = await signUp(product.url);

const draft = { to: 'lead@example.com', text: 'Dear lead' };
function asking(config: Record<string, unknown>): WorkflowGraph {
  const { nodes } = lineOf(
    ['start', 'manual', { payload: JSON.stringify(draft) }],
    ['ask', 'approval', { title: 'Send this?', message: 'A draft.', ...config }],
    ['send', 'email-send', { to: '{{ input.payload.to }}', subject: 'Hi', text: '{{ input.payload.text }}' }],
    ['no', 'merge', {}],
    ['late', 'merge', {}],
  );
  const edges = [
    edgeBetween('start', 'ask'),
    edgeBetween('ask', 'send', 'approved'),
    edgeBetween('ask', 'no', 'rejected'),
  ];
  return { nodes, edges: [...edges, edgeBetween('ask', 'late', 'timeout')], direction: 'down' };
}

async function begin(config: Record<string, unknown> = {}): Promise<{ runId: string; approval: Approval }> {
  const workflow = await ada.api<Workflow>('POST', '/workflows', { name: 'Leads', graph: asking(config) });
  const { id } = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, {});
  return { runId: id, approval: await waiting(id) };
}

const pending = async (runId: string) =>
  (await ada.api<{ items: Approval[] }>('GET', `/approvals?runId=${runId}`)).items;
async function waiting(runId: string): Promise<Approval> {
  return vi.waitFor(async () => {
    expect((await runOf(runId)).status).toBe('waiting');
    const [approval] = await pending(runId);
    return approval!;
  }, 5_000);
}
const runOf = (id: string) => ada.api<Run>('GET', `/runs/${id}`);
const decideBy = (id: string, body: object) => ada.api<{ by: string }>('POST', `/approvals/${id}/decision`, body);
async function ended(runId: string): Promise<{ run: Run; decided: unknown; went: string[] }> {
  const run = await vi.waitFor(async () => {
    const now = await runOf(runId);
    expect(now.finishedAt).not.toBeNull();
    return now;
  }, 5_000);
  const done = run.events.flatMap((event) => (event.type === 'step.done' ? [event] : []));
  return { run, decided: done.find(({ node }) => node === 'ask')?.output, went: done.map(({ node }) => node) };
}

async function mailsTo(address: string): Promise<InboxMail[]> {
  const { items } = await ada.api<{ items: InboxItem[] }>('GET', `/inbox?limit=100`);
  const ours = items.filter(({ to }) => to.some((one) => one.includes(address)));
  return Promise.all(ours.map(({ id }) => ada.api<InboxMail>('GET', `/inbox/${id}`)));
}

async function linkFor(address: string): Promise<string> {
  const [mail] = await vi.waitFor(async () => {
    const found = await mailsTo(address);
    expect(found).toHaveLength(1);
    return found;
  }, 5_000);
  const link = /https?:\/\/\S+\/approve\/[\w-]{32}/.exec(mail!.text)?.[0];
  if (!link) throw new Error(`no link in ${mail!.text}`);
  return product.url + new URL(link).pathname;
}

async function visit(
  link: string,
  form?: Record<string, string>,
  language = 'en',
): Promise<{ status: number; page: string }> {
  const headers = { 'accept-language': language };
  const response = await fetch(link, form ? { method: 'POST', body: new URLSearchParams(form), headers } : { headers });
  return { status: response.status, page: await response.text() };
}

describe('in the app', () => {
  test('what waits is listed; a yes lets the run go on with the corrected text', async () => {
    const { runId, approval } = await begin({ editable: true });
    expect(approval).toMatchObject({
      runId,
      nodeId: 'ask',
      title: 'Send this?',
      payload: draft,
      workflowName: 'Leads',
    });
    await decideBy(approval.id, { decision: 'approved', comment: 'shorter', edits: { text: 'Hello', nothing: 'x' } });
    const { run, decided, went } = await ended(runId);
    expect(run.status).toBe('done');
    expect(decided).toEqual({
      decision: 'approved',
      by: 'Ada Lovelace',
      comment: 'shorter',
      payload: { ...draft, text: 'Hello' },
    });
    expect(went).toEqual(['ask', 'send']);
    expect((await mailsTo('lead@example.com'))[0]?.text.trim()).toBe('Hello');
    expect(await pending(runId)).toEqual([]);
  });

  test('a no goes its own way; what may not be changed stays as it was', async () => {
    const { runId, approval } = await begin();
    await decideBy(approval.id, { decision: 'rejected', edits: { text: 'Hacked' } });
    const { decided, went } = await ended(runId);
    expect([decided, went]).toEqual([expect.objectContaining({ decision: 'rejected', payload: draft }), ['ask', 'no']]);
  });

  test('of two who decide at the same time one is told that it was decided', async () => {
    const { runId, approval } = await begin();
    const results = await Promise.allSettled([
      decideBy(approval.id, { decision: 'approved' }),
      decideBy(approval.id, { decision: 'rejected' }),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const won = results[0].status === 'fulfilled' ? 'approved' : 'rejected';
    expect((await ended(runId)).decided).toMatchObject({ decision: won });
    await expect(decideBy(approval.id, { decision: 'approved' })).rejects.toThrow(/409.*by Ada Lovelace/);
  });

  test('nobody decides in time', async () => {
    const { runId, approval } = await begin({ timeout: 1, timeoutUnit: 'seconds' });
    const { decided, went } = await ended(runId);
    expect([decided, went]).toEqual([
      expect.objectContaining({ decision: 'timeout', payload: draft }),
      ['ask', 'late'],
    ]);
    await expect(decideBy(approval.id, { decision: 'approved' })).rejects.toThrow(/409.*time to decide is over/);
  });

  test('a run that was stopped asks no more', async () => {
    const { runId, approval } = await begin();
    await ada.api('POST', `/runs/${runId}/cancel`);
    await ended(runId);
    expect(await pending(runId)).toEqual([]);
    await expect(decideBy(approval.id, { decision: 'approved' })).rejects.toThrow(/409.*run that asked has ended/);
  });

  test('another workspace sees nothing of it', async () => {
    const { approval } = await begin();
    const eve = await signUp(product.url);
    expect(await eve.api('GET', '/approvals')).toEqual({ items: [] });
    await expect(eve.api('POST', `/approvals/${approval.id}/decision`, { decision: 'approved' })).rejects.toThrow(
      /404/,
    );
  });
});

describe('by the link in the mail', () => {
  test('looking decides nothing, however often; sending the form does, once', async () => {
    const { runId } = await begin({ approvers: 'one@example.com', editable: true });
    const link = await linkFor('one@example.com');
    for (let i = 0; i < 3; i++) expect((await visit(link)).status).toBe(200);
    const { page } = await visit(link);
    expect(page).toContain('Dear lead');
    expect(page).not.toContain('<script');
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE']) await fetch(link, { method });
    await fetch(`${link}?decision=approved`);
    expect((await visit(link, { comment: 'no button' })).status).toBe(422);
    expect((await runOf(runId)).status).toBe('waiting');

    const answer = await visit(link, { decision: 'approved', 'text-1': 'Dear friend', comment: 'go\r\non' });
    expect(answer.page).toContain('Approved by one@example.com');
    expect((await ended(runId)).decided).toEqual({
      decision: 'approved',
      by: 'one@example.com',
      comment: 'go\non',
      payload: { ...draft, text: 'Dear friend' },
    });
    const again = await visit(link, { decision: 'rejected' });
    expect([again.status, again.page]).toEqual([409, expect.stringContaining('approved already')]);
    expect((await visit(link)).page).toContain('Approved by one@example.com');
  });

  test('the page speaks the language of whoever opens it', async () => {
    await begin({ approvers: 'otto@example.com, emma@example.com', timeout: 3, timeoutUnit: 'days' });
    const link = await linkFor('otto@example.com');
    const { page } = await visit(link, undefined, 'de-DE,de;q=0.9,en;q=0.8');
    expect(page).toContain('<html lang="de">');
    for (const words of [
      '>Freigeben</button>',
      '>Ablehnen</button>',
      'Wer entscheidet?',
      'Gefragt hat der Workflow „Leads“. Offen bis 20',
    ])
      expect(page).toContain(words);
    expect((await visit(link, { comment: 'kein Knopf' }, 'de')).page).toContain('Texte unter 100.000 Zeichen');
    expect((await visit(link, { decision: 'approved' }, 'de')).page).toContain(
      'Freigegeben von jemandem mit dem Link.',
    );
    const again = await visit(link, { decision: 'rejected', by: 'emma@example.com' }, 'de');
    expect([again.status, again.page]).toEqual([409, expect.stringContaining('Das wurde schon freigegeben')]);
    const nowhere = await visit(`${product.url}/approve/${'A'.repeat(32)}`, undefined, 'de');
    expect(nowhere.page).toContain('Hier gibt es nichts freizugeben');
  });

  test('where several were asked, whoever decides says who they are', async () => {
    const { runId } = await begin({ approvers: 'two@example.com, three@example.com' });
    const link = await linkFor('two@example.com');
    expect((await visit(link)).page).toContain('<option>three@example.com</option>');
    await visit(link, { decision: 'rejected', by: 'three@example.com' });
    expect((await ended(runId)).decided).toMatchObject({ decision: 'rejected', by: 'three@example.com' });
  });

  test('a reminder is one more mail with the same link', async () => {
    const reminder = { reminder: 1, reminderUnit: 'seconds' };
    const { runId } = await begin({ approvers: 'four@example.com', ...reminder });
    await vi.waitFor(async () => expect(await mailsTo('four@example.com')).toHaveLength(2), 5_000);
    const mails = await mailsTo('four@example.com');
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['Reminder: Send this?', 'Send this?']);
    expect(new Set(mails.map(({ text }) => /approve\/[\w-]+/.exec(text)?.[0])).size).toBe(1);
    expect((await runOf(runId)).status).toBe('waiting');
  });

  test('a link that was cut off leads nowhere, and an ended run has nothing to decide', async () => {
    expect((await visit(`${product.url}/approve/${'A'.repeat(32)}`)).status).toBe(404);
    const { runId } = await begin({ approvers: 'five@example.com' });
    const link = await linkFor('five@example.com');
    await ada.api('POST', `/runs/${runId}/cancel`);
    await ended(runId);
    expect((await visit(link)).status).toBe(410);
    expect((await visit(link, { decision: 'approved' })).status).toBe(409);
  });

  test('markup in what is asked stays text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    await begin({ approvers: 'six@example.com', title: evil, payload: evil, editable: true });
    const { page } = await visit(await linkFor('six@example.com'));
    expect(page).not.toContain('<img');
    expect((await mailsTo('six@example.com'))[0]?.html ?? '').not.toContain('<img');
  });
});

test('the preview shows the mail to the approvers and goes on along “approved” as an example', async () => {
  const workflow = await ada.api<Workflow>('POST', '/workflows', {
    name: 'P',
    graph: asking({ approvers: 'boss@example.com' }),
  });
  const preview = await ada.api<Preview>('POST', `/workflows/${workflow.id}/previews`, { revision: 1, payload: draft });
  const steps = Object.fromEntries(preview.steps.map((step) => [step.nodeId, step]));
  expect(steps['ask']).toMatchObject({ status: 'runs', port: 'approved', exact: false });
  expect([steps['send']?.status, steps['no']?.status, steps['late']?.status]).toEqual(['runs', 'skipped', 'skipped']);
  expect(preview.mails.map(({ to, exact }) => [to[0], exact])).toEqual([
    ['boss@example.com', false],
    ['lead@example.com', false],
  ]);
  // What was previewed can be confirmed: the mail of an approval carries a link that no preview knows.
  const run = await ada.api<Run>('POST', `/workflows/${workflow.id}/runs`, { previewId: preview.id });
  await decideBy((await waiting(run.id)).id, { decision: 'approved' });
  expect((await ended(run.id)).run.status).toBe('done');
});

test('nobody is asked about more than a step may put out', async () => {
  const unasked = createApprovalPort(
    { approvals: product.stores.approvals, secret: 's', publicUrl: product.url, changed() {} },
    {
      run: newRun(
        { worker: 0 },
        'w',
        'W',
        { id: 'v', workflowId: 'f' },
        { mode: 'test', trigger: 'start', idempotencyKey: null },
      ),
      nodeId: 'ask',
      key: 'k',
      signal: new AbortController().signal,
      progress() {},
      effects: {
        announcedBefore: false,
        intend: () => Promise.reject(new Error('nothing is announced')),
        settle() {},
        confirmedMailHash: undefined,
        mailsTo: undefined,
        outcomeUnknown: false,
        onUnknown: 'repeat',
      },
    },
  );
  const request = { title: 't', message: '', editable: false, approvers: [], expiresAt: null };
  await expect(unasked.open({ ...request, payload: 'x'.repeat(mostBytes) })).rejects.toMatchObject({
    code: 'too_large',
    details: { field: 'payload' },
  });
});

test('a webhook that leads to an approval is answered at once and goes on after the yes', async () => {
  const graph = asking({});
  graph.nodes[0] = { ...lineOf(['start', 'webhook', {}]).nodes[0]! };
  graph.nodes[1]!.config['payload'] = '{{ trigger.body }}';
  const { urls } = await publish(ada, 'Hooked', graph);
  const response = await fetch(urls['start']!, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(draft),
  });
  expect(response.status).toBe(202);
  const approval = await vi.waitFor(async () => {
    const { items } = await ada.api<{ items: Approval[] }>('GET', '/approvals');
    const found = items.find(({ workflowName }) => workflowName === 'Hooked');
    expect(found).toBeDefined();
    return found!;
  }, 5_000);
  await decideBy(approval.id, { decision: 'approved' });
  expect((await ended(approval.runId)).went).toEqual(['ask', 'send']);
});
