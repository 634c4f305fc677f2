import { expect, it } from 'vitest';
import { acceptsMethod, hookOutput } from './index.ts';

it('keeps no credentials of the caller', () => {
  const output = hookOutput({
    method: 'post',
    headers: {
      Authorization: 'Bearer x',
      COOKIE: 'a=b',
      'x-api-key': 'k',
      'Content-Type': 'application/json',
      accept: ['a', 'b'],
      none: undefined,
    },
    query: { q: '1' },
    body: undefined,
  });
  expect(output).toEqual({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'a, b' },
    query: { q: '1' },
    body: null,
  });
});

it.each([
  ['any', 'PATCH', true],
  ['any', 'HEAD', false],
  ['any', 'OPTIONS', false],
  ['POST', 'post', true],
  ['POST', 'GET', false],
  ['GET', 'GET', true],
] as const)('%s takes %s: %s', (method, requested, accepted) =>
  expect(acceptsMethod({ method }, requested)).toBe(accepted),
);
