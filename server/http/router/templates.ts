import { api } from './base.ts';
import type { Service } from './services.ts';

export function templatesRouter(service: Service<'templates'>) {
  const { templates } = api;
  return {
    list: templates.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
    get: templates.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
    use: templates.use.handler(({ context, input, signal }) => service.use(context.actor, input, signal)),
    save: templates.save.handler(({ context, input, signal }) => service.save(context.actor, input, signal)),
    remove: templates.remove.handler(({ context, input, signal }) => service.remove(context.actor, input, signal)),
  };
}
