const expression = /\{\{-?\s*([^}|]*?)\s*(?:\|[^}]*)?-?\}\}/g;

/**
 * A step's summary for people: each `{{ steps.ai_generate_1.data.category | default: "x" }}` becomes `category`, what remains of Liquid tags is
 * left out. Whoever wants the expression itself opens the settings.
 */
export function plainSummary(summary: string): string {
  return summary
    .replaceAll(/\{%[^%]*%\}/g, '')
    .replaceAll(expression, (_whole, path: string) => lastName(path) ?? '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function lastName(path: string): string | undefined {
  const names = path.match(/[A-Za-z_][\w-]*/g);
  return names?.at(-1)?.replaceAll('_', ' ');
}
