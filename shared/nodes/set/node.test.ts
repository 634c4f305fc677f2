import { expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config } from './index.ts';
import { runner } from './run.server.ts';

const run = (settings: Record<string, unknown>, input: unknown) =>
  runner.run(config.parse(settings), testContext({ input }).context);
const fields = [
  { name: ' a ', value: 1 },
  { name: '', value: 2 },
  { name: 'b', value: [3] },
];

it.each([
  [{ fields }, { a: 0, c: 4 }, { a: 1, b: [3], c: 4 }],
  [{ fields, keepInput: false }, { c: 4 }, { a: 1, b: [3] }],
  [{ fields }, [1, 2], { a: 1, b: [3] }],
  [{ fields }, null, { a: 1, b: [3] }],
])('%j over %j', (settings, input, output) =>
  expect(run(settings, input)).toEqual({ type: 'output', port: 'out', output }),
);

it('does not change its input and opens no prototype', () => {
  const input = Object.freeze({ c: 1 });
  expect(run({ fields }, input)).toMatchObject({ output: { c: 1 } });
  const { output } = run({ fields: [{ name: '__proto__', value: { evil: true } }] }, {}) as {
    output: Record<string, unknown>;
  };
  expect(output['evil']).toBeUndefined();
  expect(Object.hasOwn(output, '__proto__')).toBe(true);
});
