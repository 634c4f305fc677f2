import { api } from './base.ts';
import type { Service } from './services.ts';

export function composeRouter(service: Service<'compose'>) {
  const { compose } = api;
  return {
    providers: compose.providers.handler(({ context, input, signal }) =>
      service.providers(context.actor, input, signal),
    ),
    generate: compose.generate.handler(({ context, input, signal }) => service.generate(context.actor, input, signal)),
  };
}
