import { expect, test } from 'vitest';
import { edgeLook, stepLook } from './look.ts';
import type { EdgeLook, StepFacts, StepLook } from './look.ts';

const plain: StepFacts = {
  group: 'ai',
  container: false,
  disabled: false,
  selected: false,
  proposed: false,
  problem: undefined,
  status: null,
};

test.each<[what: string, facts: Partial<StepFacts>, zoom: number, look: Partial<StepLook>]>([
  [
    'a box in the colour of its group',
    {},
    0.4,
    {
      fill: { of: 'group-ai', percent: 34, over: 'card' },
      opacity: 1,
      border: null,
      halo: null,
      mark: null,
      radius: 6,
    },
  ],
  ['corners that nobody would see are square', {}, 0.1, { radius: 0 }],
  ['an unknown kind', { group: undefined }, 0.4, { fill: { of: 'group-other', percent: 34, over: 'card' } }],
  ['a disabled step is pale', { disabled: true }, 0.4, { opacity: 0.5 }],
  ['selected', { selected: true }, 0.1, { border: { color: 'primary', width: 2, dashed: false }, halo: 'primary' }],
  ['proposed', { proposed: true }, 0.4, { halo: 'primary' }],
  [
    'needs attention',
    { problem: 'error' },
    0.4,
    {
      border: { color: 'status-attention', width: 1.5, dashed: true },
      mark: { sign: 'bang', color: 'status-attention' },
    },
  ],
  ['a warning is for the near view', { problem: 'warning' }, 0.4, { border: null, mark: null }],
  ['a run hides what the settings lack', { problem: 'error', status: 'pending' }, 0.4, { border: null, opacity: 0.7 }],
  [
    'running',
    { status: 'running' },
    0.4,
    {
      fill: { of: 'status-running', percent: 80, over: 'card' },
      halo: 'status-running',
      mark: { sign: 'dots', color: 'card' },
    },
  ],
  ['trying again', { status: 'retrying' }, 0.4, { mark: { sign: 'bang', color: 'card' } }],
  ['waiting', { status: 'waiting' }, 0.4, { mark: { sign: 'clock', color: 'card' } }],
  [
    'done',
    { status: 'done' },
    0.4,
    { fill: { of: 'status-done', percent: 62, over: 'card' }, mark: { sign: 'tick', color: 'card' }, halo: null },
  ],
  [
    'done, too small for a sign',
    { status: 'done' },
    0.1,
    { mark: null, border: { color: 'status-done', width: 1, dashed: false } },
  ],
  [
    'failed',
    { status: 'failed' },
    0.1,
    { fill: { of: 'status-failed', percent: 88, over: 'card' }, halo: 'status-failed' },
  ],
  ['uncertain', { status: 'uncertain' }, 0.4, { mark: { sign: 'bang', color: 'card' }, halo: 'status-failed' }],
  ['skipped', { status: 'skipped' }, 0.4, { opacity: 0.5, mark: null }],
  [
    'selected while it runs: the ring is the selection, the box is the run',
    { selected: true, status: 'running' },
    0.4,
    { halo: 'primary', fill: { of: 'status-running', percent: 80, over: 'card' } },
  ],
  [
    'a container is a ground',
    { container: true },
    0.4,
    { fill: { of: 'group-ai', percent: 10, over: 'canvas' }, border: { color: 'group-ai', width: 1, dashed: false } },
  ],
])('%s', (_what, facts, zoom, look) => {
  expect(stepLook({ ...plain, ...facts }, 60, zoom)).toMatchObject(look);
});

test.each<[flow: Parameters<typeof edgeLook>[0], selected: boolean, error: boolean, look: Partial<EdgeLook>]>([
  [undefined, false, false, { color: 'edge', opacity: 1 }],
  [undefined, false, true, { color: 'status-failed', opacity: 0.7 }],
  ['running', false, false, { color: 'status-running' }],
  ['taken', false, false, { color: 'status-done' }],
  ['done', false, false, { color: 'status-done' }],
  ['failed', false, false, { color: 'status-failed' }],
  ['untaken', false, false, { color: 'edge', opacity: 0.45 }],
  ['running', true, false, { color: 'primary' }],
])('a connection along which %s, selected %s, error %s', (flow, selected, error, look) => {
  expect(edgeLook(flow, selected, error, 0.2)).toMatchObject(look);
});

test('a line never gets thinner than can be seen', () => {
  expect(edgeLook(undefined, false, false, 0.02).width).toBe(0.6);
});
