import { expect, it } from 'vitest';
import { config, node } from './index.ts';

it('says whose failures count, and shows what it puts out', () => {
  expect(node.summary(config.parse({}))).toBe('When any workflow fails');
  expect(node.summary(config.parse({ workflowId: 'w' }))).toBe('When that workflow fails');
  expect(node.sample(config.parse({}), null)).toMatchObject({ run: { url: expect.stringContaining('/runs/') } });
});
