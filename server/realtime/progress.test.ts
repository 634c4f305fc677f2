import { expect, test } from 'vitest';
import { fits } from '../bus/messages.ts';
import { createProgressReceiver, createProgressSender } from './progress.ts';

const progress = (text: string) => ({ runId: 'r', node: 'n', text });

test('a growing text arrives whole, though only what was added travels', () => {
  const [sender, receiver] = [createProgressSender(), createProgressReceiver()];
  const text = 'Größe \u0001 “x” 🎈 '.repeat(900);
  let travelled = 0;
  let seen = '';
  for (let length = 0; length <= text.length; length += 777) {
    for (const piece of sender.pieces(progress(text.slice(0, length)))) {
      expect(fits(JSON.stringify({ type: 'progress', ...piece }))).toBe(true);
      travelled += piece.text.length;
      seen = receiver.whole(piece)!.text;
    }
    expect(seen).toBe(text.slice(0, length));
  }
  expect(travelled).toBeLessThanOrEqual(text.length);
});

test('a text that begins anew replaces the old one', () => {
  const [sender, receiver] = [createProgressSender(), createProgressReceiver()];
  const through = (text: string) =>
    sender
      .pieces(progress(text))
      .map((piece) => receiver.whole(piece)?.text)
      .at(-1);
  expect(through('first attempt')).toBe('first attempt');
  expect(through('second')).toBe('second');
  expect(through('')).toBe('');
});

test('who comes late hears nothing half, and the whole once the sender has forgotten', () => {
  const [sender, late] = [createProgressSender(), createProgressReceiver()];
  sender.pieces(progress('abc'));
  expect(sender.pieces(progress('abcdef')).map((piece) => late.whole(piece))).toEqual([null]);
  sender.forget('r');
  expect(sender.pieces(progress('abcdefg')).map((piece) => late.whole(piece)?.text)).toEqual(['abcdefg']);
});
