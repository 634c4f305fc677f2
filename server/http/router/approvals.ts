import { api } from './base.ts';
import type { Service } from './services.ts';

export function approvalsRouter(service: Service<'approvals'>) {
  const { approvals } = api;
  return {
    list: approvals.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
    decide: approvals.decide.handler(({ context, input, signal }) => service.decide(context.actor, input, signal)),
  };
}
