import type { Knex } from 'knex';
import { AppError } from '../../shared/errors.ts';
import { microPerCredit, startCreditsMicro } from '../../shared/workflow/pricing.ts';
import { quarterOf } from './durations.ts';

/**
 * The credit ledger. Rules:
 * - Every change locks the account's row first, so changes of one workspace happen one after the other and never deadlock.
 * - balance = Σ entries; 0 ≤ held ≤ balance. The database checks the latter, too.
 * - The account opens with the start credits, the first time anyone asks for it.
 * - A hold is identified by its key: the same step under the same key never holds or pays twice, whatever crashed in between.
 * - A call may cost more than its hold. Then what is not held for others is taken as well, never more: the balance stays at zero or above,
 *   `cost` keeps what it really cost, and the operator bears the difference.
 */
export interface HoldRequest {
  workspaceId: string;
  /** The idempotency key of the step or request. */
  key: string;
  amountMicro: number;
  description: string;
  runId?: string | undefined;
  nodeId?: string | undefined;
  /** Whose model it is, and for which workflow: for the dashboard, which sums up by them. */
  provider?: string | undefined;
  workflowId?: string | undefined;
}

export interface Balance {
  balanceMicro: number;
  heldMicro: number;
  availableMicro: number;
}

export interface StatementEntry {
  id: string;
  at: string;
  kind: 'grant' | 'usage' | 'adjust';
  amountMicro: number;
  balanceAfterMicro: number;
  description: string;
  runId: string | null;
  nodeId: string | null;
}

export interface CreditStore {
  /** Opens the account of a workspace that is being made, in the transaction that makes it. Without it the first use opens it. */
  open(workspaceId: string, transaction: Knex.Transaction): Promise<void>;
  /** Books `amountMicro` (positive for `grant`, either sign for `adjust`). With a key it is booked once; false: it was before. */
  grant(grant: {
    workspaceId: string;
    kind?: 'grant' | 'adjust';
    amountMicro: number;
    description: string;
    key?: string;
  }): Promise<boolean>;
  /**
   * Sets credits aside. Under the same key an open hold is kept as it is, and a settled one says `settled`: the call was paid for already.
   * @throws AppError insufficient_credits
   */
  hold(request: HoldRequest): Promise<'held' | 'settled'>;
  /** Ends a hold by paying what the call cost. Returns what was charged; a second time what was charged the first time. */
  settle(workspaceId: string, key: string, costMicro: number): Promise<number>;
  /** Ends a hold without paying. Does nothing when it is not open. */
  release(workspaceId: string, key: string): Promise<void>;
  /** Frees what a run that has ended still holds. Returns how many holds. */
  releaseHoldsOf(workspaceId: string, runId: string): Promise<number>;
  /** Frees holds that belong to no run there is and were taken before `before`: a process died in the middle of a request. */
  releaseAbandoned(before: Date): Promise<number>;
  /** Frees holds of runs that ended before `before`: a process died between that and `releaseHoldsOf`. */
  releaseEnded(before: Date): Promise<number>;
  balance(workspaceId: string): Promise<Balance>;
  /** Newest first. `cursor` is `nextCursor` of the page before. */
  statement(
    workspaceId: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: StatementEntry[]; nextCursor: string | null }>;
}

interface Account {
  workspace_id: string;
  balance: number;
  held: number;
}

interface Hold {
  workspace_id: string;
  key: string;
  amount: number;
  state: 'held' | 'settled' | 'released';
  charged: number | null;
  run_id: string | null;
  node_id: string | null;
  provider: string | null;
  workflow_id: string | null;
  description: string;
}

export function createCreditStore(knex: Knex): CreditStore {
  return {
    async open(workspaceId, transaction) {
      await openAccount(transaction, workspaceId);
    },
    grant: (grant) => knex.transaction((trx) => bookGrant(trx, grant)),
    hold: (request) => knex.transaction((trx) => takeHold(trx, request)),
    settle: (workspaceId, key, costMicro) => knex.transaction((trx) => settleHold(trx, workspaceId, key, costMicro)),
    async release(workspaceId, key) {
      await knex.transaction((trx) => freeHolds(trx, workspaceId, { key }));
    },
    releaseHoldsOf: (workspaceId, runId) => knex.transaction((trx) => freeHolds(trx, workspaceId, { run_id: runId })),
    releaseAbandoned: (before) => releaseAbandoned(knex, before),
    releaseEnded: (before) => releaseEnded(knex, before),
    balance: (workspaceId) => readBalance(knex, workspaceId),
    statement: (workspaceId, page) => readStatement(knex, workspaceId, page),
  };
}

/** Locks the account for the rest of the transaction; undefined when the workspace has none yet. */
async function lockAccount(trx: Knex, workspaceId: string): Promise<Pick<Account, 'balance' | 'held'> | undefined> {
  return trx<Account>('credit_accounts').where({ workspace_id: workspaceId }).forUpdate().first('balance', 'held');
}

async function openAccount(trx: Knex, workspaceId: string): Promise<Pick<Account, 'balance' | 'held'>> {
  await bookGrant(trx, {
    workspaceId,
    amountMicro: startCreditsMicro,
    description: 'Credits to start with',
    key: 'start',
  });
  return (await lockAccount(trx, workspaceId)) ?? { balance: 0, held: 0 };
}

async function bookGrant(trx: Knex, grant: Parameters<CreditStore['grant']>[0]): Promise<boolean> {
  const { workspaceId, kind = 'grant', amountMicro, description, key } = grant;
  wholeMicro(amountMicro);
  await trx('credit_accounts').insert({ workspace_id: workspaceId }).onConflict('workspace_id').ignore();
  const account = await lockAccount(trx, workspaceId);
  if (key !== undefined) {
    const booked = await trx('credit_entries').where({ workspace_id: workspaceId, key }).first('id');
    if (booked) return false;
  }
  const balance = (account?.balance ?? 0) + amountMicro;
  const held = account?.held ?? 0;
  if (balance < held) {
    throw insufficient(balance - amountMicro - held, -amountMicro);
  }
  await book(trx, { workspaceId, kind, amount: amountMicro, balance, description, key, runId: null, nodeId: null });
  await trx('credit_accounts').where({ workspace_id: workspaceId }).update({ balance });
  return true;
}

async function takeHold(trx: Knex, request: HoldRequest): Promise<'held' | 'settled'> {
  const { workspaceId, key, amountMicro, description, runId, nodeId } = request;
  wholeMicro(amountMicro);
  const account = (await lockAccount(trx, workspaceId)) ?? (await openAccount(trx, workspaceId));
  const existing = await trx<Hold>('credit_holds').where({ workspace_id: workspaceId, key }).first('state');
  if (existing && existing.state !== 'released') return existing.state;
  const available = account.balance - account.held;
  if (available < amountMicro) throw insufficient(available, amountMicro);
  await trx('credit_holds')
    .insert({
      workspace_id: workspaceId,
      key,
      amount: amountMicro,
      state: 'held',
      run_id: runId ?? null,
      node_id: nodeId ?? null,
      provider: request.provider ?? null,
      workflow_id: request.workflowId ?? null,
      description,
    })
    .onConflict(['workspace_id', 'key'])
    .merge({ amount: amountMicro, state: 'held', description, created_at: trx.fn.now(), ended_at: null });
  await trx('credit_accounts').where({ workspace_id: workspaceId }).increment('held', amountMicro);
  return 'held';
}

async function settleHold(trx: Knex, workspaceId: string, key: string, costMicro: number): Promise<number> {
  wholeMicro(costMicro);
  const account = await lockAccount(trx, workspaceId);
  const hold = await trx<Hold>('credit_holds').where({ workspace_id: workspaceId, key }).first();
  if (!account || !hold) throw new Error(`There is no credit hold ${key} to settle.`);
  if (hold.state === 'settled') return hold.charged ?? 0;
  // Released meanwhile (the run was cancelled while the provider answered): the call still took place and is paid from what is free.
  const ownHold = hold.state === 'held' ? hold.amount : 0;
  const charged = Math.min(costMicro, account.balance - account.held + ownHold);
  const balance = account.balance - charged;
  await trx('credit_holds')
    .where({ workspace_id: workspaceId, key })
    .update({ state: 'settled', cost: costMicro, charged, ended_at: trx.fn.now() });
  if (charged > 0) {
    await countUsage(trx, hold, charged);
    await book(trx, {
      workspaceId,
      kind: 'usage',
      amount: -charged,
      balance,
      description: hold.description,
      key: undefined,
      runId: hold.run_id,
      nodeId: hold.node_id,
    });
  }
  await trx('credit_accounts')
    .where({ workspace_id: workspaceId })
    .update({ balance, held: account.held - ownHold });
  return charged;
}

/** For the dashboard. The account is locked, so that no two calls of a workspace meet here. */
async function countUsage(trx: Knex, { workspace_id, provider, workflow_id }: Hold, charged: number): Promise<void> {
  if (provider === null) return;
  await trx.raw(
    `INSERT INTO ai_usage AS u (workspace_id, quarter, provider, workflow_id, calls, cost) VALUES (?, ${quarterOf('now()')}, ?, ?, 1, ?)
     ON CONFLICT (workspace_id, quarter, provider, workflow_id) DO UPDATE SET calls = u.calls + 1, cost = u.cost + excluded.cost`,
    [workspace_id, provider, workflow_id, charged],
  );
}

async function freeHolds(
  trx: Knex,
  workspaceId: string,
  which: { key: string } | { run_id: string } | { id: string },
): Promise<number> {
  await lockAccount(trx, workspaceId);
  const freed: { amount: number }[] = await trx('credit_holds')
    .where({ workspace_id: workspaceId, state: 'held', ...which })
    .update({ state: 'released', ended_at: trx.fn.now() })
    .returning('amount');
  if (freed.length === 0) return 0;
  const amount = freed.reduce((sum, hold) => sum + hold.amount, 0);
  await trx('credit_accounts').where({ workspace_id: workspaceId }).decrement('held', amount);
  return freed.length;
}

async function releaseAbandoned(knex: Knex, before: Date): Promise<number> {
  return release(
    knex,
    openHolds(knex).leftJoin('runs as r', 'r.id', 'h.run_id').whereNull('r.id').where('h.created_at', '<', before),
  );
}

async function releaseEnded(knex: Knex, before: Date): Promise<number> {
  return release(knex, openHolds(knex).join('runs as r', 'r.id', 'h.run_id').where('r.finished_at', '<', before));
}

type HoldId = Pick<Hold, 'workspace_id'> & { id: string };

function openHolds(knex: Knex): Knex.QueryBuilder<Hold, HoldId[]> {
  return knex('credit_holds as h').where('h.state', 'held').select<HoldId[]>('h.id', 'h.workspace_id');
}

async function release(knex: Knex, which: PromiseLike<HoldId[]>): Promise<number> {
  let freed = 0;
  for (const { id, workspace_id } of await which)
    freed += await knex.transaction((trx) => freeHolds(trx, workspace_id, { id }));
  return freed;
}

async function readBalance(knex: Knex, workspaceId: string): Promise<Balance> {
  const account = await knex<Account>('credit_accounts').where({ workspace_id: workspaceId }).first('balance', 'held');
  const { balance, held } = account ?? (await knex.transaction((trx) => openAccount(trx, workspaceId)));
  return { balanceMicro: balance, heldMicro: held, availableMicro: balance - held };
}

async function readStatement(
  knex: Knex,
  workspaceId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: StatementEntry[]; nextCursor: string | null }> {
  const before = page.cursor === undefined ? null : Number(page.cursor);
  if (before !== null && !Number.isSafeInteger(before)) {
    throw new AppError('bad_request', 'This page of the statement does not exist.', { details: { field: 'cursor' } });
  }
  const rows: EntryRow[] = await knex('credit_entries')
    .where({ workspace_id: workspaceId })
    .modify((query) => {
      if (before !== null) query.where('seq', '<', before);
    })
    .orderBy('seq', 'desc')
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  return { items: shown.map(toEntry), nextCursor: rows.length > page.limit ? String(shown.at(-1)?.seq) : null };
}

interface EntryRow {
  id: string;
  seq: number;
  at: Date;
  kind: StatementEntry['kind'];
  amount: number;
  balance_after: number;
  description: string;
  run_id: string | null;
  node_id: string | null;
}

function toEntry(row: EntryRow): StatementEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    amountMicro: row.amount,
    balanceAfterMicro: row.balance_after,
    description: row.description,
    runId: row.run_id,
    nodeId: row.node_id,
  };
}

interface NewEntry {
  workspaceId: string;
  kind: StatementEntry['kind'];
  amount: number;
  balance: number;
  description: string;
  key: string | undefined;
  runId: string | null;
  nodeId: string | null;
}

async function book(trx: Knex, entry: NewEntry): Promise<void> {
  await trx('credit_entries').insert({
    workspace_id: entry.workspaceId,
    kind: entry.kind,
    amount: entry.amount,
    balance_after: entry.balance,
    key: entry.key ?? null,
    run_id: entry.runId,
    node_id: entry.nodeId,
    description: entry.description,
  });
}

function wholeMicro(amount: number): void {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number of micro-credits.`);
}

function insufficient(availableMicro: number, neededMicro: number): AppError {
  const credits = (micro: number) => (micro / microPerCredit).toFixed(2);
  return new AppError(
    'insufficient_credits',
    `Not enough credits: this needs up to ${credits(neededMicro)}, and ${credits(availableMicro)} are available.`,
    { details: { availableMicro, neededMicro } },
  );
}
