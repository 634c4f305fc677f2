import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../package.json' with { type: 'json' };
import { startSmtpFake } from '../server/drivers/mail/fake.ts';
import { loadCatalogue } from '../server/nodes/registry.ts';
import type { Approval } from '../shared/api/approvals.ts';
import type { Run } from '../shared/api/runs.ts';
import { foldRun } from '../shared/engine/fold.ts';
import { compileGraph } from '../shared/engine/graph.ts';
import { summaryOf, type RecordedJournal } from '../shared/engine/testing-journals.ts';
import type { WorkflowGraph } from '../shared/workflow/graph.ts';
import type { RunEvent } from '../shared/workflow/run.ts';
import { lineOf, publish, signUp, type Account } from './support/account.ts';
import { startInstance } from './support/instance.ts';

/**
 * `npm run record:journals [release]`: runs a small set of workflows on the real product and writes their journals, and what they came to, to
 * `shared/engine/journals/<release>`. To be run once for each release, and for each new type of event; what is there is kept as it is.
 */
const release = process.argv[2] ?? packageJson.version;
const folder = join(import.meta.dirname, '../shared/engine/journals', release);

const manual = ['start', 'manual', {}] as const;
const set = (id: string) => [id, 'set', { fields: [{ name: 'from', value: id }] }] as const;
type Steps = Parameters<typeof lineOf>;
const line = (...steps: (Steps[number] | readonly [string, string, object])[]): WorkflowGraph =>
  lineOf(...(steps as Steps));

function container(items: string, ...inside: Steps): WorkflowGraph {
  const { nodes, edges, direction } = line(manual, ['loop', 'for-each', { items, concurrency: 5 }], ...inside);
  const ids = new Set(inside.map(([id]) => id));
  return {
    direction,
    nodes: nodes.map((node) => (ids.has(node.id) ? { ...node, parent: 'loop' } : node)),
    edges: edges.map((edge) => (edge.source === 'loop' ? { ...edge, sourcePort: 'each' } : edge)),
  };
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mailweave-journals-'));
  chmodSync(dataDir, 0o711); // PostgreSQL's account must pass when we are root.
  const smtp = await startSmtpFake();
  let calls = 0;
  const target = createServer((request, response) => {
    if (request.url === '/') calls++;
    const status = request.url === '/refused' ? 409 : request.url === '/' && calls % 2 === 1 ? 503 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo;
  const instance = await startInstance({
    DATA_DIR: dataDir,
    SMTP_URL: smtp.url,
    OUTBOUND_ALLOW: `127.0.0.1:${port}`,
  });
  try {
    mkdirSync(folder, { recursive: true });
    await record(await signUp(instance.url), `http://127.0.0.1:${port}/`, smtp);
  } finally {
    await instance.stop();
    target.close();
    await smtp.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function record(me: Account, url: string, smtp: Awaited<ReturnType<typeof startSmtpFake>>): Promise<void> {
  const call = (retry: boolean): Steps[number] => [
    'call',
    'http-request',
    { method: 'POST', url },
    retry ? { retry: { attempts: 3, delayMs: 50, factor: 1 } } : {},
  ];
  const wait: Steps[number] = ['wait', 'delay', { amount: 0.5, unit: 'seconds' }];
  await runOf(me, 'steps', line(manual, set('a'), call(true), set('b')));
  await runOf(me, 'failed', line(manual, call(false), set('b')));
  // Calls and fails alternate, so that the next run begins with a failure again.
  await runOf(
    me,
    'failed-and-went-on',
    line(
      manual,
      ['call', 'http-request', { method: 'POST', url: 'http://127.0.0.1:1/' }, { onError: 'continue' }],
      set('b'),
    ),
  );
  await runOf(me, 'waited', line(manual, wait, set('b')));
  await runOf(me, 'approved', line(manual, ['ask', 'approval', { title: 'Go on?' }]), async () => {
    const { items } = await me.api<{ items: Approval[] }>('GET', '/approvals');
    for (const { id } of items)
      await me.api('POST', `/approvals/${id}/decision`, { decision: 'approved', comment: 'fine', edits: {} });
  });
  const { workflow } = await publish(me, 'called', line(['start', 'called', {}], set('answer')));
  await runOf(me, 'called-another', line(manual, ['sub', 'sub-workflow', { workflowId: workflow.id }]));
  smtp.behave(({ point }) => (point === 'stored' ? 'drop' : undefined));
  const mail = { to: 'ada@example.com', subject: 'Hello', format: 'text', text: 'Hello' };
  await runOf(me, 'uncertain', line(manual, ['mail', 'email-send', mail, { onUnknown: 'ask' }]), async (id, events) => {
    if (events.at(-1)?.type === 'step.uncertain')
      await me.api('POST', `/runs/${id}/steps/mail/resolve`, { decision: 'was_sent' });
  });
  let refusals = 0;
  smtp.behave(({ point, argument }) => {
    if (point === 'rcpt' && argument.startsWith('bob')) return refusals++ === 0 ? { reply: '451 later' } : undefined;
    return point === 'stored' && smtp.messages.at(-1)?.to[0]?.startsWith('ada') ? 'drop' : undefined;
  });
  const held = line(
    manual,
    ['mail', 'email-send', mail, { onUnknown: 'ask' }],
    ['second', 'email-send', { ...mail, to: 'bob@example.com' }, { retry: { attempts: 2, delayMs: 50, factor: 1 } }],
  );
  await runOf(me, 'held', { ...held, settings: { holdMails: true } }, async (id, events) => {
    if (events.some((event) => event.type === 'mail.uncertain'))
      await me.api('POST', `/runs/${id}/steps/mail/resolve`, { decision: 'was_sent' });
  });
  const order = (undoUrl: string) => ({ method: 'POST', url: `${url}order`, undoMethod: 'DELETE', undoUrl });
  const undone = line(
    manual,
    ['first', 'http-request', order(`${url}order`)],
    ['second', 'http-request', order(`${url}refused`)],
    ['stop', 'stop', { status: 'failed', message: 'Sold out' }],
  );
  await runOf(me, 'rolled-back', { ...undone, settings: { onFailure: 'rollback' } });
  await runOf(me, 'paused', line(manual, wait, set('b')), async (id, events) => {
    const has = (type: RunEvent['type']): boolean => events.some((event) => event.type === type);
    if (has('step.waiting') && !has('run.paused')) await me.api('POST', `/runs/${id}/pause`, {});
    else if (has('run.paused') && !has('run.resumed')) await me.api('POST', `/runs/${id}/resume`, {});
  });
  await runOf(
    me,
    'looped',
    container('{{ trigger.items }}', ['each', 'set', { fields: [{ name: 'n', value: '{{ item }}' }] }]),
    undefined,
    3,
  );
  const whole = await runOf(
    me,
    'shared-out',
    container('{{ trigger.items }}', [
      'each',
      'set',
      { fields: [{ name: 'n', value: '{{ item }}' }], keepInput: false },
    ]),
    undefined,
    1_001,
  );
  // The last share has one item.
  const { items } = await me.api<{ items: { runId: string }[] }>('GET', `/runs/${whole}/parts`);
  await write('share-of-a-list', await me.api<Run>('GET', `/runs/${items.at(-1)!.runId}`));
  const large = { large: 'x'.repeat(40_000) };
  await runOf(me, 'large-values', line(manual, set('a'), wait, set('b')), undefined, 0, large);
}

/** Runs a draft to its end, with somebody who looks at it and acts, and writes down what its journal says. @returns its id. */
async function runOf(
  me: Account,
  name: string,
  graph: WorkflowGraph,
  act: (id: string, events: readonly RunEvent[]) => Promise<void> = async () => {},
  items = 0,
  more: object = {},
): Promise<string> {
  const workflow = await me.api<{ id: string }>('POST', '/workflows', { name, graph });
  const payload = { items: Array.from({ length: items }, (_, i) => i), ...more };
  const { id } = await me.api<{ id: string }>('POST', `/workflows/${workflow.id}/runs`, { version: 'draft', payload });
  for (let look = 0; look < 300; look++) {
    const run = await me.api<Run>('GET', `/runs/${id}`);
    if (run.finishedAt !== null) {
      await write(name, run);
      return id;
    }
    await act(id, run.events).catch(() => {});
    await sleep(100);
  }
  throw new Error(`“${name}” has not ended within 30 s.`);
}

async function write(name: string, { graph, events }: Run): Promise<void> {
  const path = join(folder, `${name}.json`);
  if (existsSync(path)) return;
  const { catalogue } = await loadCatalogue();
  const end = summaryOf(foldRun(compileGraph(graph, catalogue), events));
  const journal: RecordedJournal = { name, graph, events, end };
  writeFileSync(path, `${JSON.stringify(journal)}\n`);
  console.log(`${name}: ${events.length} events, ${end.status}`);
}

await main();
