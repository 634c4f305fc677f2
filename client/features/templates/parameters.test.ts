import { expect, it } from 'vitest';
import { checkParameter, firstValue } from './parameters.ts';
import type { Parameter } from './parameters.ts';

const parameter = (type: Parameter['type'], required = true): Parameter => ({
  key: 'k',
  label: 'K',
  type,
  default: '',
  required,
});

it.each<[Parameter['type'], string, boolean]>([
  ['text', 'anything', true],
  ['text', '   ', false],
  ['email', 'ada@example.com', true],
  ['email', 'ada@example.com, bob@example.com', false],
  ['url', 'https://example.com/x', true],
  ['url', 'example.com', false],
  ['number', '-3.5', true],
  ['number', 'three', false],
  ['time', '8:30', true],
  ['time', '24:00', false],
])('%s “%s” is fine: %s', (type, value, fine) => {
  expect(checkParameter(parameter(type), value) === null).toBe(fine);
});

it('may be left out when it is not required', () => {
  expect(checkParameter(parameter('email', false), '')).toBeNull();
});

it('starts with the default, and with the time zone of the workspace where it is on offer', () => {
  const zone: Parameter = {
    ...parameter('select'),
    key: 'timezone',
    default: 'Europe/London',
    options: ['Europe/London', 'Asia/Tokyo'].map((value) => ({ value, label: value })),
  };
  expect(firstValue(zone, 'Asia/Tokyo')).toBe('Asia/Tokyo');
  expect(firstValue(zone, 'Antarctica/Troll')).toBe('Europe/London');
  expect(firstValue({ ...parameter('text'), default: 'x' }, 'Asia/Tokyo')).toBe('x');
});
