import { expect, it } from 'vitest';
import { csvLine, type Cell } from './csv.ts';

it.each<[Cell[], string]>([
  [['plain', 12, null, 0.5], 'plain,12,,0.5'],
  [['a, b', 'say "x"', 'two\nlines'], '"a, b","say ""x""","two\nlines"'],
  [['=HYPERLINK("http://evil")'], `"'=HYPERLINK(""http://evil"")"`],
  [['+1', '-1', '@SUM(A1)', '\t=1', '\r=1'], `'+1,'-1,'@SUM(A1),'\t=1,"'\r=1"`],
  [[-1, 'a=b'], '-1,a=b'],
])('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
