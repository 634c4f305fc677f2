import { api } from './base.ts';
import type { Service } from './services.ts';

export function creditsRouter(service: Service<'credits'>) {
  const { credits } = api;
  return {
    balance: credits.balance.handler(({ context, input, signal }) => service.balance(context.actor, input, signal)),
    statement: credits.statement.handler(({ context, input, signal }) =>
      service.statement(context.actor, input, signal),
    ),
  };
}
