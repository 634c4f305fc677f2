/** Rewrites `steps.<id>` and `steps['<id>']` in every string of a value for the ids that were renamed. */
export function remapExpressions(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    if (!value.includes('steps')) return value;
    return value.replace(/\bsteps(\.|\[\s*['"])([a-z][a-z0-9_]*)/g, (match, glue: string, id: string) =>
      ids.has(id) ? `steps${glue}${ids.get(id)}` : match,
    );
  }
  if (Array.isArray(value)) return value.map((item) => remapExpressions(item, ids));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, remapExpressions(item, ids)]));
  }
  return value;
}
