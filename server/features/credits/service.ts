import type { Actor } from '../../actor.ts';
import type { CreditStore } from '../../store/credits.ts';

/** The use cases behind `credits` of the contract. */
export function createCreditService(store: Pick<CreditStore, 'balance' | 'statement'>) {
  return {
    balance: (actor: Actor) => store.balance(actor.workspaceId),
    async statement(actor: Actor, page: { limit: number; cursor?: string | undefined }) {
      const { items, nextCursor } = await store.statement(actor.workspaceId, page);
      return {
        items: items.map(({ id, at, kind, amountMicro, balanceAfterMicro, description, runId }) => ({
          id,
          at,
          kind,
          amountMicro,
          balanceAfterMicro,
          description,
          runId,
        })),
        nextCursor,
      };
    },
  };
}
