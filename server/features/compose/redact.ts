import type { WorkflowNode } from '../../../shared/workflow/graph.ts';

/** Stands for a value that no model gets to see. */
export const hidden = '(hidden)';

const secretName = /authorization|api[-_]?key|token|secret|password|cookie|credential/i;

/** Settings with the values of name-and-value pairs that are keys or passwords hidden. Expressions are not: they only name a value. */
export function withoutSecrets(config: Record<string, unknown>): Record<string, unknown> {
  return mapPairs(config, (pair) => (isSecret(pair) ? { ...pair, value: hidden } : pair)) as Record<string, unknown>;
}

/** Puts hidden values back where they were: into the pair of the same name in the same setting. */
export function withSecrets(
  config: Record<string, unknown>,
  before: WorkflowNode | undefined,
): Record<string, unknown> {
  if (!JSON.stringify(config).includes(hidden)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([field, value]) => {
      const known = new Map<string, string>();
      mapPairs(before?.config[field], (pair) => {
        if (isSecret(pair)) known.set(pair.name.toLowerCase(), pair.value);
        return pair;
      });
      const restored = mapPairs(value, (pair) =>
        pair.value === hidden ? { ...pair, value: known.get(pair.name.toLowerCase()) ?? '' } : pair,
      );
      return [field, restored];
    }),
  );
}

interface Pair {
  name: string;
  value: string;
}

function isSecret({ name, value }: Pair): boolean {
  return secretName.test(name) && value !== '' && !value.includes('{{');
}

function mapPairs(value: unknown, change: (pair: Pair) => Pair): unknown {
  if (Array.isArray(value)) return value.map((item) => mapPairs(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  if (typeof record['name'] === 'string' && typeof record['value'] === 'string')
    return { ...change(record as unknown as Pair) };
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, mapPairs(inner, change)]));
}
