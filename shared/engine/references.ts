/** The variables that expressions use, found without running them: for validation, autocomplete and “which steps does this depend on”. */
import type { Template, Variable } from 'liquidjs';
import { AppError } from '../errors.ts';
import type { NodeDefinition } from '../nodes/contract.ts';
import { explainLiquid } from './expression-error.ts';
import { expressionFields } from './expression-fields.ts';
import { analyzeTemplates, hasLiquid, parseTemplate } from './liquid.ts';
import { simpleParts } from './simple-template.ts';

export interface Reference {
  /** Path of the config field, dots between parts. */
  field: string;
  /** `['steps', 'ai_generate_1', 'text']`; `*` stands for a key that is computed. */
  path: readonly string[];
  /** Character offset in the field's text. */
  position: number;
}

export interface ExpressionProblem {
  field: string;
  message: string;
  position: number;
}

/** References and syntax errors of all expression fields of a parsed config. Never throws. */
export function inspectExpressions(
  definition: NodeDefinition,
  config: unknown,
): { references: Reference[]; problems: ExpressionProblem[] } {
  const references: Reference[] = [];
  const problems: ExpressionProblem[] = [];
  for (const { path, text } of expressionFields(definition.config, config)) {
    const found = inspectText(text, path.join('.'));
    references.push(...found.references);
    problems.push(...found.problems);
  }
  return { references, problems };
}

/** References and the syntax error of one text, which `field` names. Never throws. */
export function inspectText(
  text: string,
  field: string,
): { references: readonly Reference[]; problems: readonly ExpressionProblem[] } {
  if (!hasLiquid(text)) return { references: [], problems: [] };
  try {
    return { references: referencesIn(text, field), problems: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const position = Number(error.details?.['position'] ?? 0);
    return { references: [], problems: [{ field, message: error.message, position }] };
  }
}

/** The references of a config; expressions that cannot be parsed have none. */
export function referencesOf(definition: NodeDefinition, config: unknown): Reference[] {
  return inspectExpressions(definition, config).references;
}

/** @throws AppError `expression` */
export function referencesIn(text: string, field: string): Reference[] {
  const simple = simpleParts(text);
  if (simple !== undefined) return simple.flatMap((part) => (typeof part === 'string' ? [] : [{ field, ...part }]));
  try {
    return analyzedReferences(parseTemplate(text), text, field);
  } catch (error) {
    throw explainLiquid(error, text, field);
  }
}

function analyzedReferences(templates: readonly Template[], text: string, field: string): Reference[] {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const references = Object.values(analyzeTemplates(templates))
    .flat()
    .map((variable) => ({
      field,
      path: variable.segments.map((segment: string | number | Variable) =>
        typeof segment === 'object' ? '*' : String(segment),
      ),
      position: (lineStarts[variable.location.row - 1] ?? 0) + variable.location.col - 1,
    }));
  return references.sort((a, b) => a.position - b.position);
}
