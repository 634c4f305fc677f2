import { expect, it } from 'vitest';
import { examplePayload } from '../example-payload.ts';
import { config, node } from './index.ts';

it('reads the example data', () => {
  expect(examplePayload({ payload: '{"a":[1]}' })).toEqual({ a: [1] });
  expect(examplePayload({ payload: '  ' })).toEqual({});
});

it('says where the JSON is broken and shows no half of it', () => {
  const broken = config.parse({ payload: '{"a": }' });
  expect(node.check?.(broken)).toEqual([{ field: 'payload', message: expect.stringMatching(/not valid JSON/) }]);
  expect(node.sample(broken, null)).toEqual({});
  expect(node.preview(broken, { input: null, inputs: [], now: new Date(0) }).error?.code).toBe('bad_request');
});
