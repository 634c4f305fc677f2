import { api } from './base.ts';
import type { Service } from './services.ts';

export function connectionsRouter(service: Service<'connections'>) {
  const { connections } = api;
  return {
    problems: connections.problems.handler(({ context, input, signal }) =>
      service.problems(context.actor, input, signal),
    ),
    test: connections.test.handler(({ context, input, signal }) => service.test(context.actor, input, signal)),
  };
}
