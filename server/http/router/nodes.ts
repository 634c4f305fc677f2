import { api } from './base.ts';
import type { Service } from './services.ts';

export function nodesRouter(service: Service<'nodes'>) {
  const { nodes } = api;
  return {
    list: nodes.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
  };
}
