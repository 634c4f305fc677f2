/** Prints rows under their headings; numbers are right-aligned. */
export function printTable(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [headings, ...rows.map((row) => row.map(shown))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  console.log(`\n${title}`);
  for (const [i, row] of cells.entries()) {
    const isText = (column: number): boolean => typeof rows[0]?.[column] === 'string';
    console.log(
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    );
    if (i === 0) console.log(widths.map((width) => '─'.repeat(width)).join('  '));
  }
}

/** The figures for machines: one JSON object, alone on the last line. */
export function printFigures(figures: object): void {
  console.log(`\n${JSON.stringify(figures)}`);
}

function shown(value: string | number): string {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', {
    maximumFractionDigits: value < 10 ? 2 : 1,
    minimumFractionDigits: value < 10 ? 2 : 1,
  });
}
