import {
  duplicateWorkflow,
  listWorkflows,
  removeWorkflow,
  renameWorkflow,
} from '../../features/workflows/collection.ts';
import { createWorkflow, draftOf, getWorkflow, saveDraft } from '../../features/workflows/drafts.ts';
import { getKeptDraft, keepDraft, listHistory } from '../../features/workflows/history.ts';
import type { WorkflowDeps } from '../../features/workflows/ports.ts';
import { getVersion, listVersions, publishWorkflow, setWorkflowActive } from '../../features/workflows/publish.ts';
import { exportWorkflow, importWorkflow } from '../../features/templates/files.ts';
import type { TemplateDeps } from '../../features/templates/templates.ts';
import { api } from './base.ts';

export function workflowsRouter(deps: WorkflowDeps, files: TemplateDeps) {
  const { workflows } = api;
  return {
    list: workflows.list.handler(({ context, input }) => listWorkflows(deps, context.actor, input)),
    create: workflows.create.handler(({ context, input }) => createWorkflow(deps, context.actor, input)),
    get: workflows.get.handler(({ context, input }) => getWorkflow(deps, context.actor, input)),
    saveDraft: workflows.saveDraft.handler(({ context, input }) => saveDraft(deps, context.actor, input)),
    rename: workflows.rename.handler(({ context, input }) => renameWorkflow(deps, context.actor, input)),
    duplicate: workflows.duplicate.handler(({ context, input }) => duplicateWorkflow(deps, context.actor, input)),
    export: workflows.export.handler(({ context, input }) => exportWorkflow(files, context.actor, input)),
    import: workflows.import.handler(({ context, input }) => importWorkflow(files, context.actor, input)),
    remove: workflows.remove.handler(({ context, input }) => removeWorkflow(deps, context.actor, input)),
    validate: workflows.validate.handler(({ input }) => ({ problems: draftOf(deps, input.graph).problems })),
    publish: workflows.publish.handler(({ context, input }) => publishWorkflow(deps, context.actor, input)),
    setActive: workflows.setActive.handler(({ context, input }) => setWorkflowActive(deps, context.actor, input)),
    versions: workflows.versions.handler(({ context, input }) => listVersions(deps, context.actor, input)),
    version: workflows.version.handler(({ context, input }) => getVersion(deps, context.actor, input)),
    history: workflows.history.handler(({ context, input }) => listHistory(deps, context.actor, input)),
    keepDraft: workflows.keepDraft.handler(({ context, input }) => keepDraft(deps, context.actor, input)),
    keptDraft: workflows.keptDraft.handler(({ context, input }) => getKeptDraft(deps, context.actor, input)),
  };
}
