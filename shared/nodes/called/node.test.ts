import { expect, it } from 'vitest';
import { config, node } from './index.ts';

it('starts with its example, and says when that is no JSON', () => {
  const good = config.parse({ payload: '{"a":1}' });
  expect([node.sample(good, null), node.check?.(good)]).toEqual([{ a: 1 }, []]);
  const bad = config.parse({ payload: '{' });
  expect([node.sample(bad, null), node.check?.(bad)[0]?.field]).toEqual([{}, 'payload']);
  expect(node.preview(bad, { input: null, inputs: [], now: new Date(0) }).error?.code).toBe('bad_request');
});
