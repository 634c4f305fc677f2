import { expect, test } from 'vitest';
import { pickedOutputs } from './picked.ts';

const outputs = {
  hook: { body: { subject: 'Hi', orders: [{ id: 1 }, { id: 2 }], big: 'x'.repeat(1_000) }, headers: { a: 'b' } },
  ai: { text: 'Hello', model: 'm' },
  other: [1, 2],
};
const picked = (...paths: string[]) =>
  pickedOutputs(
    outputs,
    paths.map((path) => ({ path: path.split('.') })),
    'hook',
  );

test.each([
  ['one field', ['trigger.body.subject'], { hook: { body: { subject: 'Hi' } } }],
  [
    'two of one step',
    ['trigger.body.subject', 'steps.hook.headers.a'],
    { hook: { body: { subject: 'Hi' }, headers: { a: 'b' } } },
  ],
  ['a whole that was wanted in part', ['steps.ai.text', 'steps.ai'], { ai: outputs.ai }],
  ['a part of what is wanted whole', ['steps.ai', 'steps.ai.text'], { ai: outputs.ai }],
  ['a computed key', ['steps.ai.*.x'], { ai: outputs.ai }],
  ['a place in a list', ['trigger.body.orders.0.id'], { hook: { body: { orders: outputs.hook.body.orders } } }],
  ['what is not there', ['steps.nobody.x', 'trigger.body.nothing'], { hook: { body: {} } }],
  ['a list', ['steps.other.size'], { other: [1, 2] }],
  ['nothing of steps', ['item.name', 'now'], {}],
  ['all steps', ['steps'], outputs],
])('%s', (_name, paths, expected) => expect(picked(...paths)).toEqual(expected));
