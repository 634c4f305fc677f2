import { fileURLToPath } from 'node:url';
import { findCycles } from './cycles.ts';
import { listSources, packageOf, readImports, type Import } from './imports.ts';
import { areSiblings, layerOf, ruleOf } from './layer-rules.ts';

/** Where an import breaks a rule, and which. */
export interface Violation {
  where: string;
  what: string;
}

/** The folders whose imports have rules. */
export const PRODUCT = ['client', 'server', 'shared'] as const;

const isTest = (file: string): boolean =>
  /\.test\.tsx?$/.test(file) || /(?:^|\/)testing[^/]*(?:\.ts|\.tsx|\/)/.test(file) || file.startsWith('client/test/');

/** Checks the imports of a repository against layer-rules.ts. Tests may import what they like, but no cycle. */
export function findViolations(root: string): Violation[] {
  const files = listSources(root, PRODUCT);
  const imports = readImports(root, files);
  const found: Violation[] = [];
  for (const one of imports) {
    const what = isTest(one.from) ? null : judge(one);
    if (what) found.push({ where: `${one.from}:${one.line}`, what });
  }
  for (const file of files) {
    if (!layerOf(file)) found.push({ where: file, what: 'stands in a folder that layer-rules.ts does not know' });
  }
  const runtime = imports.filter(({ inside, typeOnly }) => inside && !typeOnly);
  for (const cycle of findCycles(runtime)) {
    found.push({ where: cycle[0] ?? '', what: `imports go in a circle: ${[...cycle, cycle[0]].join(' → ')}` });
  }
  return found;
}

/** @returns what is wrong with an import, or null. */
function judge({ from, to, inside }: Import): string | null {
  const source = layerOf(from);
  if (!source) return null;
  const rule = ruleOf(source.layer);
  if (!inside) {
    const name = packageOf(to);
    const forbidden = rule.packages?.find((pattern) => pattern.test(name));
    return forbidden ? `${source.layer} may not use ${name}: ${rule.why}` : null;
  }
  const target = layerOf(to);
  if (!target && to === 'package.json') return null;
  if (!target) return `${source.layer} may not import ${to}, which is no product code`;
  if (areSiblings(source.part, target.part))
    return `${source.part} may not import its sibling ${target.part}: ${rule.why}`;
  if (target.layer === source.layer) return null;
  if (rule.also?.some((beginning) => to.startsWith(beginning))) return null;
  return rule.imports === 'all' || rule.imports.includes(target.layer)
    ? null
    : `${source.layer} may not import ${target.layer} (${to}): ${rule.why}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const violations = findViolations(fileURLToPath(new URL('..', import.meta.url)));
  for (const { where, what } of violations) console.error(`${where}\n  ${what}`);
  console.log(violations.length === 0 ? 'the import rules hold' : `${violations.length} import(s) break the rules`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
