import { afterAll, beforeEach, expect, vi } from 'vitest';
import { edgeBetween, type WorkflowEdge } from '../../../shared/workflow/graph.ts';
import type { TestDatabase } from '../../database/testing.ts';
import { startSmtpFake, type SmtpFake } from '../../drivers/mail/fake.ts';
import { newPerson, textOf, type Json } from '../../http/testing.ts';
import { testProduct, type TestProduct } from '../../testing.ts';

/** A step of a workflow of letters, as the API takes it. */
export interface LetterStep {
  id: string;
  kind: string;
  version: 1;
  title: string;
  config: object;
  position: { x: number; y: number };
}

/** The product before a mail server that misbehaves on request, and a person who runs workflows that write mails. */
export interface Letters {
  product: TestProduct;
  smtp: SmtpFake;
  /** Calls `/api/v1…` and expects the status. */
  call(method: string, path: string, body?: unknown, status?: number): Promise<Json>;
  /** Makes a workflow of these steps, one after the other, behind a start by hand. @returns its id */
  workflowOf(steps: readonly LetterStep[], settings?: object): Promise<string>;
  /** @returns the id of the run */
  start(workflow: string, payload?: unknown): Promise<string>;
  /** Waits until the run has this status. */
  reaches(run: string, status: string, timeout?: number): Promise<Json>;
  /** Recipients of the mails that have arrived, in their order. */
  sent(): string[];
  messageIds(): (string | undefined)[];
  /** The mails of a run and what has become of them, in the order of their steps. */
  outbox(run: string): Promise<string[]>;
  /** The server knows no such recipient. */
  refuse(recipient: string): void;
  /** It takes one message and hangs up before saying so. */
  cutOnce(): void;
}

export function step(id: string, kind: string, config: object = {}, more: object = {}): LetterStep {
  return { id, kind, version: 1, title: id, config, position: { x: 0, y: 0 }, ...more };
}

/** A step that mails `text` to somebody of its own name. */
export function mail(id: string, more: object = {}, text = 'Hello {{ trigger.name }}'): LetterStep {
  return step(id, 'email-send', { to: `${id}@example.com`, subject: `To ${id}`, text }, more);
}

/** To be called once per file of tests; between tests the mail server forgets and behaves. */
export async function letters(db: TestDatabase): Promise<Letters> {
  const smtp = await startSmtpFake();
  afterAll(() => smtp.close());
  const product = await testProduct(db, { smtpUrl: smtp.url });
  const owner = await newPerson(product, 'Otto');
  beforeEach(() => {
    smtp.messages.length = 0;
    smtp.behave(() => undefined);
  });

  const call: Letters['call'] = async (method, path, body, status = 200) => {
    const answer = await owner.send(method, `/api/v1${path}`, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
    return answer.body;
  };
  return {
    product,
    smtp,
    call,
    async workflowOf(steps, settings = {}) {
      const nodes = [step('manual_1', 'manual'), ...steps];
      const edges: WorkflowEdge[] = steps.map(({ id }, i) => edgeBetween(nodes[i]!.id, id));
      const graph = { nodes, edges, direction: 'down', settings };
      return textOf((await call('POST', '/workflows', { name: 'Letters', graph }, 201))['id']);
    },
    start: async (workflow, payload = { name: 'Ada' }) =>
      textOf((await call('POST', `/workflows/${workflow}/runs`, { payload }, 201))['id']),
    async reaches(run, status, timeout = 10_000) {
      const now = async (): Promise<Json> => call('GET', `/runs/${run}`);
      await vi.waitFor(async () => expect(textOf((await now())['status'])).toBe(status), { timeout });
      return now();
    },
    sent: () => smtp.messages.map(({ to }) => to.join()),
    messageIds: () => smtp.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1]),
    async outbox(run) {
      const { rows } = await db.pool.query<{ node_id: string; status: string }>(
        'SELECT node_id, status FROM outbox WHERE run_id = $1 ORDER BY key',
        [run],
      );
      return rows.map(({ node_id, status }) => `${node_id} ${status}`);
    },
    refuse: (recipient) =>
      smtp.behave(({ point, argument }) =>
        point === 'rcpt' && argument === recipient ? { reply: '550 no such user' } : undefined,
      ),
    cutOnce() {
      let cut = false;
      smtp.behave(({ point }) => {
        if (point !== 'stored' || cut) return undefined;
        cut = true;
        return 'drop';
      });
    },
  };
}
