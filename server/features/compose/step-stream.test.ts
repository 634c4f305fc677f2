import { describe, expect, it } from 'vitest';
import { StepStream } from './step-stream.ts';

const answer = {
  name: 'steps "[{" of a name',
  language: 'en',
  steps: [
    { id: 'a', config: { nested: [{ x: '}]"\\' }], steps: [{ id: 'not a step' }] } },
    { id: 'b', title: 'Zürich „{“ \u0000 😀' },
    {},
  ],
  other: [{ id: 'no step' }],
  summary: 'steps',
};

describe.each([0, 2])('indent %i', (indent) => {
  const text = JSON.stringify(answer, null, indent);

  it.each([1, 2, 3, 7, 50, 10_000])('in pieces of %i characters: every step once, in order', (size) => {
    const stream = new StepStream();
    const steps: unknown[] = [];
    for (let end = size; end < text.length + size; end += size) steps.push(...stream.push(text.slice(0, end)));
    expect(steps).toEqual(answer.steps);
  });

  it('hands a step out as soon as its brace closes', () => {
    const stream = new StepStream();
    const end = text.indexOf('"b"');
    expect(stream.push(text.slice(0, end))).toEqual([answer.steps[0]]);
    expect(stream.push(text)).toEqual(answer.steps.slice(1));
  });
});

it.each([
  ['```json\n{"steps":[{"id":"a"}]}\n```', [{ id: 'a' }]],
  ['Here it is: {"steps":[{"id":"a"},{"id":', [{ id: 'a' }]],
  ['{"steps":[{"id":bad},{"id":"a"}]}', [{ id: 'a' }]],
  ['no json at all', []],
  ['{"steps":{"id":"a"}}', []],
  ['{"steps":[1,"x",[{"id":"deep"}]]}', []],
])('%s', (text, steps) => {
  expect(new StepStream().push(text)).toEqual(steps);
});
