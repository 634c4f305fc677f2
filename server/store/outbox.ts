import type { Knex } from 'knex';
import type { MailReceipt } from '../../shared/nodes/contract.ts';

export interface StoredMail {
  messageId: string;
  raw: Buffer;
  recipients: string[];
  contentHash: string;
  sender: string;
  status: 'sending' | 'sent' | 'failed' | 'uncertain' | 'held' | 'discarded';
  receipt: MailReceipt | null;
}

/** Reading mails on their way out. They are written with the journal, so that a mail and its step are never at odds. */
export function createOutboxStore(knex: Knex) {
  return {
    async byKey(workspaceId: string, key: string): Promise<StoredMail | null> {
      const row = await knex('outbox')
        .where({ workspace_id: workspaceId, key })
        .first<StoredMail>(
          { messageId: 'message_id', contentHash: 'content_hash' },
          'raw',
          'sender',
          'recipients',
          'status',
          'receipt',
        );
      return row ?? null;
    },
  };
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;
