import type { WorkflowFile } from '../../../shared/api/files.ts';
import type { Template } from '../../../shared/api/templates.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Actor } from '../../actor.ts';
import { fromFile, toFile } from './file.ts';
import { getTemplate, keepTemplate, type TemplateDeps } from './templates.ts';

/** A template, shipped or own, as a file. @throws AppError not_found */
export async function exportTemplate(deps: TemplateDeps, actor: Actor, { id }: { id: string }): Promise<WorkflowFile> {
  return toFile(await getTemplate(deps, actor, { id }), deps.catalogue);
}

/** The draft of a workflow as a file. @throws AppError not_found */
export async function exportWorkflow(deps: TemplateDeps, actor: Actor, { id }: { id: string }): Promise<WorkflowFile> {
  const { name, graph } = await deps.readWorkflow(actor, id);
  return toFile({ name, description: '', keywords: [], parameters: [], graph }, deps.catalogue);
}

/** Keeps a file as a template of the workspace. @throws AppError bad_request naming the fields; too_large when there are too many. */
export async function importTemplate(
  deps: TemplateDeps,
  actor: Actor,
  { file }: { file: WorkflowFile },
): Promise<Template> {
  return keepTemplate(deps, actor, fromFile(file, deps.catalogue));
}

/** Makes a workflow of a file. @throws AppError bad_request naming the fields, also for a file with blanks to fill in. */
export async function importWorkflow(
  deps: TemplateDeps,
  actor: Actor,
  { file }: { file: WorkflowFile },
): Promise<Workflow> {
  const { name, graph, parameters } = fromFile(file, deps.catalogue);
  if (parameters.length > 0) {
    const message = 'this is a template with blanks to fill in; import it under Templates';
    throw new AppError('bad_request', `file.parameters: ${message}`, {
      details: { fields: { 'file.parameters': message } },
    });
  }
  return deps.createWorkflow(actor, { name, graph });
}
