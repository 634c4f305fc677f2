import { withoutPins } from '../../../shared/engine/pins.ts';
import type { ListedTemplate, templateCategories, Template } from '../../../shared/api/templates.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { AppError } from '../../../shared/errors.ts';
import type { NodeCatalogue, ProviderId } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import type { PriceTable } from '../../../shared/workflow/pricing.ts';
import type { Actor } from '../../actor.ts';
import { MAX_OWN_TEMPLATES, type NewTemplate, type TemplateRow, type TemplateStore } from '../../store/templates.ts';
import { costOfTemplate } from './cost.ts';
import { fillGraph, type ExpressionOf } from './fill.ts';
import { checkValues } from './values.ts';

export interface TemplateDeps {
  store: TemplateStore;
  shipped: ReadonlyMap<string, Template>;
  catalogue: NodeCatalogue;
  models: { prices(): PriceTable; choose(provider: 'auto'): ProviderId };
  /** From the node catalogue: how a field is bound. */
  expressionOf: ExpressionOf;
  /** Both of the workflows feature. */
  createWorkflow(actor: Actor, input: { name: string; graph: WorkflowGraph }): Promise<Workflow>;
  readWorkflow(actor: Actor, workflowId: string): Promise<Pick<Workflow, 'name' | 'graph'>>;
}

type Listed = Template & { createdAt: string | null };
type Category = (typeof templateCategories)[number];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The workspace's own templates first, then the shipped ones; all words of `search` must occur. */
export async function listTemplates(
  deps: TemplateDeps,
  actor: Actor,
  query: { search?: string | undefined; category?: Category | undefined },
): Promise<{ items: ListedTemplate[] }> {
  const own = await deps.store.list(actor.workspaceId);
  const all: Listed[] = [...own.map(presentOwn), ...[...deps.shipped.values()].map(presentShipped)];
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const items = all.filter((template) => {
    if (query.category && template.category !== query.category) return false;
    const text = [template.name, template.description, ...template.keywords].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return { items: items.map((template) => withCost(deps, template)) };
}

export async function getTemplate(deps: TemplateDeps, actor: Actor, { id }: { id: string }): Promise<ListedTemplate> {
  const shipped = deps.shipped.get(id);
  if (shipped) return withCost(deps, presentShipped(shipped));
  const own = UUID.test(id) ? await deps.store.find(actor.workspaceId, id) : undefined;
  if (!own) throw templateNotFound();
  return withCost(deps, presentOwn(own));
}

function withCost({ catalogue, models }: TemplateDeps, template: Listed): ListedTemplate {
  return { ...template, cost: costOfTemplate(template.graph, catalogue, models.prices(), models.choose('auto')) };
}

/**
 * Makes a workflow of a template.
 * @throws AppError `bad_request` with `details.fields` by parameter key.
 */
export async function useTemplate(
  deps: TemplateDeps,
  actor: Actor,
  input: { id: string; name?: string | undefined; values: Record<string, string> },
): Promise<Workflow> {
  const template = await getTemplate(deps, actor, input);
  const values = checkValues(template.parameters, input.values);
  const graph = fillGraph(template, values, deps.expressionOf);
  return deps.createWorkflow(actor, { name: input.name || template.name, graph });
}

/** Keeps a copy of a workflow's draft as a template of this workspace. */
export async function saveTemplate(
  deps: TemplateDeps,
  actor: Actor,
  input: { workflowId: string; name: string; description: string },
): Promise<Template> {
  const { name, description, workflowId } = input;
  const { graph } = await deps.readWorkflow(actor, workflowId);
  if (graph.nodes.length === 0) {
    throw new AppError('bad_request', 'workflowId: an empty workflow makes no template', {
      details: { fields: { workflowId: 'an empty workflow makes no template' } },
    });
  }
  return keepTemplate(deps, actor, { name, description, graph: withoutPins(graph), parameters: [], keywords: [] });
}

/** @throws AppError too_large when the workspace has as many as it can keep. */
export async function keepTemplate(
  deps: Pick<TemplateDeps, 'store'>,
  actor: Actor,
  template: NewTemplate,
): Promise<Template> {
  const made = await deps.store.create(actor.workspaceId, actor.userId, template);
  if (!made) throw new AppError('too_large', `A workspace keeps at most ${MAX_OWN_TEMPLATES} templates of its own.`);
  return presentOwn(made);
}

export async function removeTemplate(deps: TemplateDeps, actor: Actor, { id }: { id: string }): Promise<{ ok: true }> {
  if (await deps.store.remove(actor.workspaceId, id)) return { ok: true };
  throw templateNotFound();
}

function templateNotFound(): AppError {
  return new AppError('not_found', 'There is no such template.');
}

function presentShipped(template: Template): Listed {
  return { ...template, createdAt: null };
}

function presentOwn({ createdAt, ...template }: TemplateRow): Listed {
  return { ...template, category: 'own', createdAt: createdAt.toISOString() };
}
