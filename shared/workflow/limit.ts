import type { StepLimit } from './graph.ts';

/** A limit in words: “At most 30 a minute and 2 at once, for each {{ input.customer }}”. */
export function limitInWords({ perMinute, concurrency, key = '' }: StepLimit): string {
  const parts = [
    ...(perMinute === undefined ? [] : [`${perMinute} a minute`]),
    ...(concurrency === undefined ? [] : [`${concurrency} at once`]),
  ];
  const whose = key.trim() === '' ? '' : `, for each ${key.trim()}`;
  return parts.length === 0 ? 'As often as it comes' : `At most ${parts.join(' and ')}${whose}`;
}
