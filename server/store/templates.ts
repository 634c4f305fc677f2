import type { Knex } from 'knex';
import type { Template } from '../../shared/api/templates.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';

export interface NewTemplate {
  name: string;
  description: string;
  keywords: string[];
  parameters: Template['parameters'];
  graph: WorkflowGraph;
}

export interface TemplateRow extends NewTemplate {
  id: string;
  createdAt: Date;
}

const columns = {
  id: 'id',
  name: 'name',
  description: 'description',
  keywords: 'keywords',
  parameters: 'parameters',
  graph: 'graph',
  createdAt: 'created_at',
};

/** Most templates that a workspace can keep; the list is not paged. */
export const MAX_OWN_TEMPLATES = 200;

/** The workspace's own templates; the shipped ones are files. */
export function createTemplateStore(knex: Knex) {
  return {
    /** Newest first. */
    async list(workspaceId: string): Promise<TemplateRow[]> {
      return knex('templates')
        .where({ workspace_id: workspaceId })
        .orderBy('created_at', 'desc')
        .limit(MAX_OWN_TEMPLATES)
        .select(columns);
    },

    async find(workspaceId: string, id: string): Promise<TemplateRow | undefined> {
      return knex('templates').where({ workspace_id: workspaceId, id }).first(columns);
    },

    /** @returns undefined when the workspace has as many as it can keep. */
    async create(workspaceId: string, userId: string, template: NewTemplate): Promise<TemplateRow | undefined> {
      const { rows } = await knex.raw<{ rows: TemplateRow[] }>(
        `INSERT INTO templates (workspace_id, name, description, keywords, parameters, graph, created_by)
         SELECT :workspaceId, :name, :description, :keywords, :parameters, :graph, :userId
          WHERE (SELECT count(*) FROM templates WHERE workspace_id = :workspaceId) < :max
         RETURNING id, name, description, keywords, parameters, graph, created_at AS "createdAt"`,
        {
          workspaceId,
          userId,
          ...template,
          parameters: JSON.stringify(template.parameters),
          graph: JSON.stringify(template.graph),
          max: MAX_OWN_TEMPLATES,
        },
      );
      return rows[0];
    },

    async remove(workspaceId: string, id: string): Promise<boolean> {
      return (await knex('templates').where({ workspace_id: workspaceId, id }).delete()) === 1;
    },
  };
}

export type TemplateStore = ReturnType<typeof createTemplateStore>;
