import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { formatAddress, parseAddresses, withoutRepeats } from './addresses.ts';

const read = (text: string) => parseAddresses(text, 'to', 'To');

describe('parseAddresses', () => {
  it.each([
    ['ada@example.com', [['', 'ada@example.com']]],
    [
      ' ada@example.com , bob@example.org ',
      [
        ['', 'ada@example.com'],
        ['', 'bob@example.org'],
      ],
    ],
    [
      'ada@example.com; bob@example.org;',
      [
        ['', 'ada@example.com'],
        ['', 'bob@example.org'],
      ],
    ],
    ['Ada Lovelace <ada@Example.COM>', [['Ada Lovelace', 'ada@example.com']]],
    [
      '"Lovelace, Ada" <ada@example.com>, x@y.de',
      [
        ['Lovelace, Ada', 'ada@example.com'],
        ['', 'x@y.de'],
      ],
    ],
    ['"A \\"the\\" B" <a@b.co>', [['A "the" B', 'a@b.co']]],
    ['ada@example.com (work)', [['', 'ada@example.com']]],
    ['Jürgen <jürgen@müller.example>', [['Jürgen', 'jürgen@müller.example']]],
    ['"odd local"@example.com', [['', '"odd local"@example.com']]],
    ['a+b_c.d@sub.example.co.uk', [['', 'a+b_c.d@sub.example.co.uk']]],
    ['用户@例子.公司', [['', '用户@例子.公司']]],
    ['root@localhost', [['', 'root@localhost']]],
    ['', []],
    [' , ; ', []],
  ] as const)('reads %j', (text, expected) => {
    expect(read(text).map(({ name, address }) => [name, address])).toEqual(expected);
  });

  it.each([
    ['ada', /“@” is missing/],
    ['ada@', /after “@” is missing/],
    ['@example.com', /before “@” is missing/],
    ['ada@example', /not a complete domain/],
    ['ada@exa mple.com', /not a domain/],
    ['a b@example.com', /space before/],
    ['ada..b@example.com', /not allowed there/],
    ['.ada@example.com', /not allowed there/],
    ['ada@-example.com', /not a domain/],
    ['ada@[127.0.0.1]', /not supported/],
    ['ada@1.2.3.4', /not a domain/],
    ['Team: a@b.de, c@d.de;', /groups/],
    ['Ada <ada@example.com', /not closed/],
    ['Ada <ada@example.com> x', /after “>”/],
    ['"Ada <ada@example.com>', /quotation mark/],
    ['a@b.de\r\nBcc: all@b.de', /line breaks/],
    ['a@b.de\nx@b.de', /line breaks/],
    ['"x\r\nBcc: e@vil.de" <a@b.de>', /line breaks/],
    [`${'a'.repeat(65)}@b.de`, /64 characters/],
    ['{{ trigger.body.email }}', /“@” is missing/],
  ] as const)('refuses %j', (text, message) => {
    const failure = (() => {
      try {
        return read(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(AppError);
    expect((failure as AppError).message).toMatch(message);
    expect((failure as AppError).details).toMatchObject({ field: 'to' });
    expect((failure as AppError).message).not.toMatch(/[\r\n]/);
  });

  it('is linear: 200,000 characters of brackets and quotes', () => {
    const started = performance.now();
    for (const piece of ['(', '"', '<', '\\', 'a,', '"a"@'])
      expect(() => read(piece.repeat(100_000))).toThrow(AppError);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('what it formats it reads again', () => {
    for (const text of [
      'ada@example.com',
      '"Lovelace, Ada" <ada@example.com>',
      'Ada "x" <a@b.de>',
      "O'Neil <o@b.de>",
      '"a\\\\b" <o@b.de>',
    ]) {
      const [first] = read(text);
      expect(first && read(formatAddress(first))).toEqual([first]);
    }
  });
});

describe('withoutRepeats', () => {
  it('keeps the first of each address over all lists', () => {
    const [to, cc, bcc] = withoutRepeats([read('a@b.de, A@b.de'), read('X <a@B.de>, c@b.de'), read('c@b.de')]);
    expect([to?.length, cc?.map(formatAddress), bcc]).toEqual([1, ['c@b.de'], []]);
  });
});
