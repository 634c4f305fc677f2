import type { Knex } from 'knex';
import { createApprovalStore } from './store/approvals.ts';
import { createChainStore } from './store/chains.ts';
import { createConnectionStore } from './store/connections.ts';
import { createConversationStore } from './store/conversations.ts';
import { createCreditStore } from './store/credits.ts';
import { createHistoryStore } from './store/history.ts';
import { createDashboardStore } from './store/dashboard.ts';
import { createInboxStore } from './store/inbox.ts';
import { createOutboxStore } from './store/outbox.ts';
import { createPauseStore } from './store/pauses.ts';
import { createPreviewStore } from './store/previews.ts';
import { createRetentionStore } from './store/retention.ts';
import { createRunStore } from './store/runs.ts';
import { createSignalStore } from './store/signals.ts';
import { createTurnStore } from './store/turns.ts';
import { createTemplateStore } from './store/templates.ts';
import { createTriggerStore } from './store/triggers.ts';
import { createVersionStore } from './store/versions.ts';
import { createWorkflowStore } from './store/workflows.ts';

/** All stores over one pool of connections. */
export function createStores(knex: Knex) {
  const signals = createSignalStore(knex);
  return {
    approvals: createApprovalStore(knex),
    chains: createChainStore(knex),
    connections: createConnectionStore(knex),
    conversations: createConversationStore(knex),
    credits: createCreditStore(knex),
    history: createHistoryStore(knex),
    dashboard: createDashboardStore(knex),
    inbox: createInboxStore(knex),
    outbox: createOutboxStore(knex),
    pauses: createPauseStore(knex),
    previews: createPreviewStore(knex),
    retention: createRetentionStore(knex),
    runs: createRunStore(knex),
    signals,
    turns: createTurnStore(knex, signals),
    templates: createTemplateStore(knex),
    triggers: createTriggerStore(knex),
    versions: createVersionStore(knex),
    workflows: createWorkflowStore(knex),
  };
}

export type Stores = ReturnType<typeof createStores>;
