import { expect, it } from 'vitest';
import { readFilter, writeFilter } from './filter.ts';

const workflowId = '0193a1b2-0000-7000-8000-000000000001';

it.each([
  ['', {}],
  ['status=failed', { status: 'failed' }],
  ['status=exploded', {}],
  ['status=toString', {}],
  [`workflow=${workflowId}&status=done`, { workflowId, status: 'done' }],
  ['workflow=not-an-id', {}],
])('%s', (address, filter) => {
  expect(readFilter(new URLSearchParams(address))).toEqual(filter);
});

it('comes back from the address as it went in', () => {
  const filter = { workflowId, status: 'waiting' as const };
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});
