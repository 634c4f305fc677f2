import {
  getTemplate,
  listTemplates,
  removeTemplate,
  saveTemplate,
  useTemplate,
  type TemplateDeps,
} from '../../features/templates/templates.ts';
import { exportTemplate, importTemplate } from '../../features/templates/files.ts';
import { api } from './base.ts';

export function templatesRouter(deps: TemplateDeps) {
  const { templates } = api;
  return {
    list: templates.list.handler(({ context, input }) => listTemplates(deps, context.actor, input)),
    get: templates.get.handler(({ context, input }) => getTemplate(deps, context.actor, input)),
    use: templates.use.handler(({ context, input }) => useTemplate(deps, context.actor, input)),
    save: templates.save.handler(({ context, input }) => saveTemplate(deps, context.actor, input)),
    export: templates.export.handler(({ context, input }) => exportTemplate(deps, context.actor, input)),
    import: templates.import.handler(({ context, input }) => importTemplate(deps, context.actor, input)),
    remove: templates.remove.handler(({ context, input }) => removeTemplate(deps, context.actor, input)),
  };
}
