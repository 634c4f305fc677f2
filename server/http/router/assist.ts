import { api } from './base.ts';
import type { Service } from './services.ts';

export function assistRouter(service: Service<'assist'>) {
  const { assist } = api;
  return {
    edit: assist.edit.handler(({ context, input, signal }) => service.edit(context.actor, input, signal)),
    explain: assist.explain.handler(({ context, input, signal }) => service.explain(context.actor, input, signal)),
    fix: assist.fix.handler(({ context, input, signal }) => service.fix(context.actor, input, signal)),
  };
}

export function conversationsRouter(service: Service<'conversations'>) {
  const { conversations } = api;
  return {
    list: conversations.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
    get: conversations.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
    decide: conversations.decide.handler(({ context, input, signal }) => service.decide(context.actor, input, signal)),
    remove: conversations.remove.handler(({ context, input, signal }) => service.remove(context.actor, input, signal)),
  };
}
