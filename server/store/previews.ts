import type { Knex } from 'knex';
import type { Preview } from '../../shared/api/runs.ts';
import type { Pin } from '../../shared/workflow/run.ts';

export interface StoredPreview {
  id: string;
  workflowId: string;
  versionId: string;
  pins: Record<string, Pin>;
  view: Omit<Preview, 'id' | 'createdAt'>;
  createdAt: Date;
}

/** What a person was shown, kept so that confirming it can mean exactly it. */
export function createPreviewStore(knex: Knex) {
  return {
    async insert(workspaceId: string, preview: Omit<StoredPreview, 'id' | 'createdAt'>): Promise<StoredPreview> {
      const [row] = await knex('previews')
        .insert({
          workspace_id: workspaceId,
          workflow_id: preview.workflowId,
          version_id: preview.versionId,
          pins: JSON.stringify(preview.pins),
          view: JSON.stringify(preview.view),
        })
        .returning<{ id: string; created_at: Date }[]>(['id', 'created_at']);
      return { ...preview, id: row!.id, createdAt: row!.created_at };
    },
    async find(workspaceId: string, id: string): Promise<StoredPreview | null> {
      const row = await knex('previews')
        .where({ workspace_id: workspaceId, id })
        .first<StoredPreview>(
          'id',
          { workflowId: 'workflow_id', versionId: 'version_id', createdAt: 'created_at' },
          'pins',
          'view',
        );
      return row ?? null;
    },
  };
}

export type PreviewStore = ReturnType<typeof createPreviewStore>;
