import { api } from './base.ts';
import type { Service } from './services.ts';

export function inboxRouter(service: Service<'inbox'>) {
  const { inbox } = api;
  return {
    list: inbox.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
    held: inbox.held.handler(({ context, input, signal }) => service.held(context.actor, input, signal)),
    heldMail: inbox.heldMail.handler(({ context, input, signal }) => service.heldMail(context.actor, input, signal)),
    get: inbox.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
    source: inbox.source.handler(({ context, input, signal }) => service.source(context.actor, input, signal)),
    attachment: inbox.attachment.handler(({ context, input, signal }) =>
      service.attachment(context.actor, input, signal),
    ),
    remove: inbox.remove.handler(({ context, input, signal }) => service.remove(context.actor, input, signal)),
    clear: inbox.clear.handler(({ context, input, signal }) => service.clear(context.actor, input, signal)),
  };
}
