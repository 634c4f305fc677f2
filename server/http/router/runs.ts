import { api } from './base.ts';
import type { Service } from './services.ts';

export function runsRouter(service: Service<'runs'>) {
  const { runs } = api;
  return {
    start: runs.start.handler(({ context, input, signal }) => service.start(context.actor, input, signal)),
    sendTest: runs.sendTest.handler(({ context, input, signal }) => service.sendTest(context.actor, input, signal)),
    list: runs.list.handler(({ context, input, signal }) => service.list(context.actor, input, signal)),
    get: runs.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
    events: runs.events.handler(({ context, input, signal }) => service.events(context.actor, input, signal)),
    payload: runs.payload.handler(({ context, input, signal }) => service.payload(context.actor, input, signal)),
    parts: runs.parts.handler(({ context, input, signal }) => service.parts(context.actor, input, signal)),
    cancel: runs.cancel.handler(({ context, input, signal }) => service.cancel(context.actor, input, signal)),
    pause: runs.pause.handler(({ context, input, signal }) => service.pause(context.actor, input, signal)),
    resume: runs.resume.handler(({ context, input, signal }) => service.resume(context.actor, input, signal)),
    rerun: runs.rerun.handler(({ context, input, signal }) => service.rerun(context.actor, input, signal)),
    retry: runs.retry.handler(({ context, input, signal }) => service.retry(context.actor, input, signal)),
    replay: runs.replay.handler(({ context, input, signal }) => service.replay(context.actor, input, signal)),
    retryFailed: runs.retryFailed.handler(({ context, input, signal }) =>
      service.retryFailed(context.actor, input, signal),
    ),
    bulk: runs.bulk.handler(({ context, input, signal }) => service.bulk(context.actor, input, signal)),
    resolveUncertain: runs.resolveUncertain.handler(({ context, input, signal }) =>
      service.resolveUncertain(context.actor, input, signal),
    ),
  };
}
