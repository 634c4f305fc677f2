import { api } from './base.ts';
import type { Service } from './services.ts';

export function previewsRouter(service: Service<'previews'>) {
  const { previews } = api;
  return {
    create: previews.create.handler(({ context, input, signal }) => service.create(context.actor, input, signal)),
    get: previews.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
  };
}
