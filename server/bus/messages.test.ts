import { expect, test } from 'vitest';
import { fits, pack, unpack } from './messages.ts';

test('messages are packed in order into payloads that NOTIFY takes, each unlike the others', () => {
  const messages = Array.from({ length: 300 }, () => JSON.stringify({ type: 'cancel', runId: 'ü'.repeat(50) }));
  const payloads = pack('0123456789ab', 41, messages);
  expect(payloads.length).toBeGreaterThan(1);
  expect(new Set(payloads).size).toBe(payloads.length);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
  expect(payloads.flatMap((payload) => unpack(payload)!.messages)).toEqual(messages.map((json) => JSON.parse(json)));
  expect(unpack(payloads[0]!)!.sender).toBe('0123456789ab');
});

test('the largest message that fits can be sent', () => {
  const json = (length: number): string => JSON.stringify({ type: 'cancel', runId: 'x'.repeat(length) });
  let length = 7_000;
  while (fits(json(length + 1))) length += 1;
  const [payload, ...more] = pack('0123456789ab', 999_999_999, [json(length)]);
  expect(more).toEqual([]);
  expect(Buffer.byteLength(payload!)).toBeLessThan(8_000);
  expect(pack('0123456789ab', 0, [json(length), json(length)])).toHaveLength(2);
});

test.each(['', 'no JSON', '{}', '[]', '[1,2]', '["a",1,null,5,{"kind":"x"}]'])('%j is passed by', (payload) => {
  expect(unpack(payload)?.messages ?? []).toEqual([]);
});
