/** For llm-port.test.ts: calls a model and dies at the fault point, as a crash would. */
import { createKnex } from '../../database/knex.ts';
import { createModels } from '../../drivers/llm/models.ts';
import { armFault } from '../../faults.ts';
import { createCreditStore } from '../../store/credits.ts';
import { createLlmPort } from './llm-port.ts';

const { url, workspaceId, runId, key, openaiUrl, apiKey } = JSON.parse(process.env.CRASH ?? '{}') as Record<
  string,
  string
>;
armFault({ name: 'hold_taken', occurrence: 1 });
const knex = createKnex({ url: url ?? '', name: 'crash' });
const models = createModels({
  openai: { apiKey, baseUrl: openaiUrl },
  anthropic: {},
  inhouse: {},
  builtin: { generate: () => ({ text: '' }) },
});
const caller = {
  workspaceId: workspaceId ?? '',
  runId: runId ?? '',
  key: key ?? '',
  signal: new AbortController().signal,
};
await createLlmPort({ models, credits: createCreditStore(knex) })(caller).generate({
  provider: 'openai',
  model: '',
  system: '',
  prompt: 'Hi',
  maxTokens: 1_000,
});
process.exit(0);
