import { expect, it } from 'vitest';
import { stepLimitSchema, type StepLimit } from './graph.ts';
import { limitInWords } from './limit.ts';

it.each<[StepLimit, string]>([
  [{ perMinute: 30 }, 'At most 30 a minute'],
  [{ concurrency: 1 }, 'At most 1 at once'],
  [
    { perMinute: 30, concurrency: 2, key: '{{ input.customer }} ' },
    'At most 30 a minute and 2 at once, for each {{ input.customer }}',
  ],
  [{}, 'As often as it comes'],
])('%j reads “%s”', (limit, words) => expect(limitInWords(limit)).toBe(words));

it.each([
  [{ perMinute: 1 }, true],
  [{ concurrency: 3, key: '' }, true],
  [{}, false],
  [{ key: '{{ input }}' }, false],
  [{ perMinute: 0 }, false],
  [{ concurrency: 1.5 }, false],
])('%j is valid: %s', (limit, valid) => expect(stepLimitSchema.safeParse(limit).success).toBe(valid));
