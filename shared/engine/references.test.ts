import { describe, expect, it } from 'vitest';
import { referencesIn } from './references.ts';

describe('references', () => {
  it.each([
    [
      '{{ trigger.body.email }} {{ steps.a_1.text | upcase }}',
      [
        ['trigger.body.email', 3],
        ['steps.a_1.text', 28],
      ],
    ],
    [
      '{{ x | default: steps.b.c }}',
      [
        ['x', 3],
        ['steps.b.c', 16],
      ],
    ],
    [
      '{% for i in input.list %}{{ i.name }}{{ steps["a"].b }}{% endfor %}',
      [
        ['input.list', 12],
        ['input.list.*', -1],
        ['steps.a.b', 40],
      ],
    ],
    ['{% assign a = input.x %}{{ a }}', [['input.x', 14]]],
    [
      '{{ steps[input.id].text }}',
      [
        ['steps.*.text', 3],
        ['input.id', 9],
      ],
    ],
    [
      'a\nb {{ run.id }}{% if now %}{% endif %}',
      [
        ['run.id', 7],
        ['now', 22],
      ],
    ],
    [
      '{% if a == "x" and b.c %}{% endif %}',
      [
        ['a', 6],
        ['b.c', 19],
      ],
    ],
    ['plain', []],
  ] as const)('%s', (template, expected) => {
    const found = referencesIn(template, 'f').map(({ path, position }) => [path.join('.'), position]);
    for (const [path, position] of expected) {
      if (position >= 0) expect(found).toContainEqual([path, position]);
    }
    expect(found.length).toBeGreaterThanOrEqual(expected.filter(([, position]) => position >= 0).length);
  });
});
