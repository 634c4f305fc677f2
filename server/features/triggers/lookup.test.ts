import { expect, test } from 'vitest';
import type { OpenTrigger } from '../../store/triggers.ts';
import { createTriggerLookup } from './lookup.ts';

const trigger = { id: 't' } as OpenTrigger;

function counted(answer: () => Promise<OpenTrigger | null>) {
  let now = 0;
  let asked = 0;
  const byToken = () => {
    asked++;
    return answer();
  };
  return { lookup: createTriggerLookup({ byToken }, () => now), pass: (ms: number) => (now += ms), asked: () => asked };
}
const token = 'token';

test('calls within a second share one look', async () => {
  const { lookup, pass, asked } = counted(async () => trigger);
  expect(await Promise.all([lookup.find(token), lookup.find(token)])).toEqual([trigger, trigger]);
  pass(999);
  await lookup.find(token);
  expect(asked()).toBe(1);
  pass(2);
  await lookup.find(token);
  expect(asked()).toBe(2);
});

test('a change in this process is seen at once', async () => {
  const { lookup, asked } = counted(async () => trigger);
  await lookup.find(token);
  lookup.forget();
  await lookup.find(token);
  expect(asked()).toBe(2);
});

test('what does not exist and what failed is asked for again', async () => {
  const missing = counted(async () => null);
  expect(await missing.lookup.find(token)).toBe(null);
  await missing.lookup.find(token);
  expect(missing.asked()).toBe(2);
  const broken = counted(() => Promise.reject(new Error('no database')));
  await expect(broken.lookup.find(token)).rejects.toThrow('no database');
  await expect(broken.lookup.find(token)).rejects.toThrow('no database');
  expect(broken.asked()).toBe(2);
});
