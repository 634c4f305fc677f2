import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Approval } from '../../shared/api/approvals.ts';
import type { Run } from '../../shared/api/runs.ts';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { accountAt, type Account } from '../support/account.ts';
import type { Random } from './random.ts';
import type { Witness } from './witness.ts';
import type { Published } from './workflows.ts';

/** What a sender was told, by its own idempotency key. */
export interface Acknowledged {
  key: string;
  workflow: string;
  /** Runs that were named to it; more than one is a doubled run. */
  runIds: Set<string>;
}

export interface Load {
  acknowledged: Acknowledged[];
  /** Instants at which the schedule was made due. */
  instants: Date[];
  /** The database broke while an instant was being set: nobody knows whether it was. */
  unsureInstants: Date[];
  /** Answers by what they were: a status, or `no answer`. */
  answers: Map<string, number>;
  /** Requests to the API without an answer within a minute. */
  hangs: number;
  /** Decisions that were acknowledged. */
  decided: Set<string>;
  /** Sends no new webhook; what was sent already is repeated until it is acknowledged or `patienceMs` are over. */
  stopSending(patienceMs: number): Promise<void>;
  /** Ends everything. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  random: Random;
  published: Published;
  person: Account;
  pool: pg.Pool;
  witness: Witness;
  senders: number;
  /** Addresses of web processes that listen now. */
  webs(): string[];
}

/** Somebody who sends webhooks and repeats each until it is acknowledged, one who approves, one who clears what is uncertain, and a clock. */
export function startLoad(options: LoadOptions): Load {
  const { random, published, person, pool, webs } = options;
  let sending = true;
  let ongoing = true;
  let deadline = Infinity;
  let count = 0;
  const load: Pick<Load, 'acknowledged' | 'instants' | 'unsureInstants' | 'answers' | 'hangs' | 'decided'> = {
    acknowledged: [],
    instants: [],
    unsureInstants: [],
    answers: new Map(),
    hangs: 0,
    decided: new Set(),
  };
  const hooks = published.hooks.flatMap((hook) => Array.from({ length: hook.weight }, () => hook));

  async function post(path: string, key: string, n: number): Promise<string | null> {
    const url = random.pick(webs());
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ n, items: Array.from({ length: 1 + (n % 7) }, (_, i) => i) }),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await answer.text();
    load.answers.set(String(answer.status), (load.answers.get(String(answer.status)) ?? 0) + 1);
    return answer.ok ? (JSON.parse(text) as { runId: string }).runId : null;
  }

  async function send(): Promise<void> {
    const n = ++count;
    const key = `order-${n}`;
    const { path, name } = random.pick(hooks);
    const runIds = new Set<string>();
    while (Date.now() < deadline) {
      if (webs().length > 0) {
        const runId = await post(path, key, n).catch(() => {
          load.answers.set('no answer', (load.answers.get('no answer') ?? 0) + 1);
          return null;
        });
        if (runId !== null) {
          runIds.add(runId);
          // Now and then somebody repeats what had been acknowledged: that is still the same run.
          if (random.chance(0.95) || runIds.size > 1) break;
          continue;
        }
      }
      await sleep(random.between(50, 250));
    }
    if (runIds.size > 0) load.acknowledged.push({ key, workflow: name, runIds });
  }

  const senders = Promise.all(
    Array.from({ length: options.senders }, async () => {
      while (sending) {
        await send();
        await sleep(random.between(50, 350));
      }
    }),
  );

  /** Calls `work` again and again; what fails is tried again at the next turn, as a browser would. */
  async function again(everyMs: number, work: (person: Account) => Promise<void>): Promise<void> {
    while (ongoing) {
      const url = webs()[0];
      if (url) {
        await work(accountAt(url, person.email, person.cookie)).catch((error: unknown) => {
          if (error instanceof Error && error.name === 'TimeoutError') load.hangs++;
        });
      }
      await sleep(everyMs);
    }
  }

  const others = Promise.all([
    again(150, async (account) => {
      const { items } = await account.api<{ items: Approval[] }>('GET', '/approvals?limit=100');
      for (const { id } of items) {
        const verdict = { decision: 'approved', comment: '', edits: {} };
        await account.api('POST', `/approvals/${id}/decision`, verdict).then(
          () => load.decided.add(id),
          () => {},
        );
      }
    }),
    again(400, (account) => clearUncertain(account, options.witness)),
    (async () => {
      while (sending) {
        await setInstant(pool, published.scheduledId, load);
        await sleep(1_500);
      }
    })(),
  ]);

  return Object.assign(load, {
    async stopSending(patienceMs: number) {
      sending = false;
      deadline = Date.now() + patienceMs;
      await senders;
    },
    async stop() {
      sending = false;
      ongoing = false;
      deadline = 0;
      await Promise.all([senders, others]);
    },
  });
}

/** As a person would: whoever finds the mail at the other side says that it was sent, else it is sent again. */
async function clearUncertain(account: Account, { mails }: Witness): Promise<void> {
  const { items } = await account.api<{ items: RunSummary[] }>('GET', '/runs?uncertain=true&limit=100');
  for (const { id } of items) {
    const { events } = await account.api<Run>('GET', `/runs/${id}`);
    const open = new Set<string>();
    for (const event of events) {
      if (event.type === 'step.uncertain') open.add(event.node);
      if (event.type === 'step.done' || event.type === 'step.started') open.delete(event.node);
    }
    for (const node of open) {
      const decision = mails.some(({ what }) => what === `${id}/${node}`) ? 'was_sent' : 'send_again';
      await account.api('POST', `/runs/${id}/steps/${node}/resolve`, { decision });
    }
  }
}

/** Makes the schedule due now, unless it is due already. */
async function setInstant(
  pool: pg.Pool,
  workflowId: string,
  load: Pick<Load, 'instants' | 'unsureInstants'>,
): Promise<void> {
  const instant = new Date();
  try {
    const { rowCount } = await pool.query(
      `UPDATE triggers SET next_at = $2 WHERE workflow_id = $1 AND next_at > now() + interval '1 hour'`,
      [workflowId, instant],
    );
    if (rowCount) load.instants.push(instant);
  } catch {
    load.unsureInstants.push(instant);
  }
}
