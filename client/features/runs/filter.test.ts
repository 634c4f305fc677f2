import { expect, it } from 'vitest';
import { apiFilter, readFilter, writeFilter, type PageFilter } from './filter.ts';

const workflowId = '0193a1b2-0000-7000-8000-000000000001';

it.each<[string, PageFilter]>([
  ['', {}],
  ['status=failed', { state: 'failed' }],
  ['status=paused', { state: 'paused' }],
  ['status=exploded', {}],
  ['status=toString', {}],
  [`workflow=${workflowId}&status=done`, { workflowId, state: 'done' }],
  ['workflow=not-an-id', {}],
  ['range=week', { range: { name: 'week' } }],
  ['range=decade', {}],
  ['from=2026-11-01', { range: { name: 'days', from: '2026-11-01', to: '' } }],
  ['from=2026-11-01&to=2026-02-31', { range: { name: 'days', from: '2026-11-01', to: '' } }],
  ['from=yesterday', {}],
  ['q=%20grace%20', { search: 'grace' }],
])('%s', (address, filter) => {
  expect(readFilter(new URLSearchParams(address))).toEqual(filter);
});

it.each<PageFilter>([
  { workflowId, state: 'waiting', range: { name: 'day' }, search: 'not found' },
  { range: { name: 'days', from: '2026-11-01', to: '2026-11-05' } },
])('comes back from the address as it went in', (filter) => {
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

it('says to the API what it means', () => {
  expect(apiFilter({ state: 'paused', search: 'x', range: { name: 'hour' } }, Date.UTC(2026, 10, 22, 12))).toEqual({
    paused: true,
    search: 'x',
    since: '2026-11-22T11:00:00.000Z',
  });
  expect(apiFilter({ workflowId, state: 'done' }, 0)).toEqual({ workflowId, status: 'done' });
});
