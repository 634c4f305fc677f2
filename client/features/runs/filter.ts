import type { RunStatus } from '../../../shared/workflow/run.ts';
import type { RunFilter } from '../../api/liveRuns.ts';
import { isDay, rangeNames, rangeOf, type Range, type RangeName } from './range.ts';

const states: Record<RunStatus | 'paused' | 'uncertain', true> = {
  queued: true,
  running: true,
  waiting: true,
  paused: true,
  uncertain: true,
  done: true,
  failed: true,
  cancelled: true,
};

/** How a run stands, in the words of the filter: its status, or that it waits for a person. */
export type RunState = keyof typeof states;
export const stateChoices = Object.keys(states) as RunState[];

/** What the filter of the page says; the address holds all of it. */
export interface PageFilter {
  workflowId?: string;
  state?: RunState;
  range?: Range;
  search?: string;
}

const mostWords = 200;

/** The filter in the address; whatever it does not know is left out. */
export function readFilter(search: URLSearchParams): PageFilter {
  const filter: PageFilter = {};
  const state = search.get('status');
  const workflowId = search.get('workflow');
  const words = search.get('q')?.trim().slice(0, mostWords);
  const range = readRange(search);
  if (state && Object.hasOwn(states, state)) filter.state = state as RunState;
  if (workflowId && /^[0-9a-f-]{36}$/i.test(workflowId)) filter.workflowId = workflowId;
  if (words) filter.search = words;
  if (range) filter.range = range;
  return filter;
}

function readRange(search: URLSearchParams): Range | undefined {
  const name = search.get('range');
  if (name && (rangeNames as readonly string[]).includes(name)) return { name: name as RangeName };
  const from = search.get('from') ?? '';
  const to = search.get('to') ?? '';
  if (!isDay(from) && !isDay(to)) return undefined;
  return { name: 'days', from: isDay(from) ? from : '', to: isDay(to) ? to : '' };
}

export function writeFilter({ workflowId, state, range, search: words }: PageFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (workflowId) search.set('workflow', workflowId);
  if (state) search.set('status', state);
  if (range?.name === 'days') {
    if (range.from) search.set('from', range.from);
    if (range.to) search.set('to', range.to);
  } else if (range) search.set('range', range.name);
  if (words) search.set('q', words);
  return search;
}

/** The filter as the API takes it. `now` in milliseconds: what “the last 24 hours” are counted from. */
export function apiFilter({ workflowId, state, range, search }: PageFilter, now: number): RunFilter {
  return {
    ...(workflowId ? { workflowId } : {}),
    ...(state === 'paused' ? { paused: true } : state === 'uncertain' ? { uncertain: true } : {}),
    ...(state && state !== 'paused' && state !== 'uncertain' ? { status: state } : {}),
    ...(range ? rangeOf(range, now) : {}),
    ...(search ? { search } : {}),
  };
}
