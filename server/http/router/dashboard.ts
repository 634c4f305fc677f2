import { api } from './base.ts';
import type { Service } from './services.ts';

export function dashboardRouter(service: Service<'dashboard'>) {
  const { dashboard } = api;
  return {
    get: dashboard.get.handler(({ context, input, signal }) => service.get(context.actor, input, signal)),
    export: dashboard.export.handler(({ context, input, signal }) => service.export(context.actor, input, signal)),
  };
}
