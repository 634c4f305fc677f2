import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { LoopPolicy } from '../../workflow/run.ts';
import { defineNode, inPort } from '../contract.ts';
import { asText, choiceField, clip, field, valueField } from '../fields.ts';
import { itemsOf } from './items.ts';

export const config = z.object({
  items: valueField({
    title: 'Items',
    placeholder: '{{ trigger.body.orders }}',
    description: 'A list. The steps inside run once for each of its items and see it as {{ item }}.',
  }),
  concurrency: field(z.int().min(1).max(100).default(10), {
    title: 'At once',
    widget: 'number',
    description: 'Items under way at the same time. 1 takes them one after the other.',
  }),
  perMinute: field(z.int().min(0).max(60_000).default(0), {
    title: 'Per minute',
    widget: 'number',
    description: 'Items begun in a minute at most. 0: no limit.',
  }),
  onItemError: choiceField(['stop', 'continue'], 'stop', {
    title: 'When an item fails',
    labels: { stop: 'Stop', continue: 'Go on with the others' },
  }),
});
type Config = z.output<typeof config>;

export function policyOf({ concurrency, perMinute, onItemError }: Config): LoopPolicy {
  return { concurrency, onItemError, ...(perMinute > 0 ? { perMinute } : {}) };
}

export const node = defineNode({
  kind: 'for-each',
  version: 1,
  group: 'logic',
  icon: 'repeat',
  container: true,
  texts: {
    title: 'For each',
    description: 'Runs the steps inside once for each item',
    help: 'A container: the steps inside it run once for each item of a list, several at a time if you like, and see it as {{ item }} and its number, from 0, as {{ index }}. When all are through it hands on what the last step inside put out for each item.',
  },
  config,
  ports: {
    in: [inPort],
    // `done` first: it is where a container that is switched off goes on.
    out: [
      { id: 'done', label: 'done', type: 'data' },
      { id: 'each', label: 'each', type: 'data', inner: true },
    ],
  },
  effect: 'none',
  summary({ items, concurrency, perMinute }) {
    const rate = perMinute > 0 ? `, ${perMinute} a minute` : '';
    return `Of ${clip(asText(items), 70) || '…'}, ${concurrency === 1 ? 'one by one' : `${concurrency} at once`}${rate}`;
  },
  check({ items }) {
    return items === '' || items === null
      ? [{ field: 'items', message: 'Choose a list, for example {{ trigger.body.orders }}.' }]
      : [];
  },
  sample: () => ({ results: [{}], count: 1, failed: 0, failures: [] }),
  preview(bound) {
    try {
      const items = itemsOf(bound.items);
      return {
        summary: `Runs the steps inside for ${items.length === 1 ? 'one item' : `${items.length.toLocaleString('en')} items`}`,
        loop: { items, ...policyOf(bound) },
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
