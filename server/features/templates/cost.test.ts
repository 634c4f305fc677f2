import { expect, test } from 'vitest';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { costOfTemplate } from './cost.ts';
import { priceTable } from '../../../shared/workflow/pricing.ts';

const { catalogue } = await loadCatalogue();
const prices = priceTable({ openai: 'gpt-4o', claude: 'claude-sonnet-5', inhouse: 'own', builtin: 'builtin' });
const ai = (id: string, config: object = {}, more: object = {}) => ({
  id,
  kind: 'ai-generate',
  version: 1,
  title: id,
  position: { x: 0, y: 0 },
  config: { prompt: 'Write [[about]] to {{ trigger.email }}.', maxTokens: 100, ...config },
  ...more,
});
const box = { id: 'each', kind: 'for-each', version: 1, title: 'each', position: { x: 0, y: 0 }, config: {} };
const costOf = (nodes: WorkflowGraph['nodes'], auto: 'openai' | 'builtin' = 'openai') =>
  costOfTemplate({ nodes, edges: [], direction: 'down' }, catalogue, prices, auto);

test('without AI it costs nothing', () => {
  expect(costOf([box])).toMatchObject({ aiSteps: 0, perItem: false, runMicro: 0, itemMicro: 0 });
});

test('steps in a container cost for each item, those outside once; a step that is switched off nothing', () => {
  const one = costOf([ai('a')]);
  expect(one.runMicro).toBeGreaterThan(0);
  expect(one).toMatchObject({ aiSteps: 1, perItem: false, itemMicro: 0 });
  expect(costOf([ai('a'), box, ai('b', {}, { parent: 'each' }), ai('c', {}, { disabled: true })])).toMatchObject({
    aiSteps: 2,
    perItem: true,
    runMicro: one.runMicro,
    itemMicro: one.runMicro,
  });
});

test('“automatic” costs what the provider here costs, a chosen one what it costs; side by side each', () => {
  const free = costOf([ai('a')], 'builtin');
  expect(free.runMicro).toBe(0);
  const openai = free.byProvider.find(({ provider }) => provider === 'openai');
  expect(openai?.runMicro).toBe(costOf([ai('a')]).runMicro);
  expect(costOf([ai('a', { provider: 'openai', model: 'gpt-4o' })], 'builtin').runMicro).toBe(openai?.runMicro);
  expect(free.byProvider.find(({ provider }) => provider === 'builtin')).toMatchObject({ runMicro: 0, itemMicro: 0 });
});
