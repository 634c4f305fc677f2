/** The variables that expressions use, found without running them: for validation, autocomplete and “which steps does this depend on”. */
import { Output, type Variable } from 'liquidjs';
import { AppError } from '../errors.ts';
import type { NodeDefinition } from '../nodes/contract.ts';
import { explainLiquid } from './expression-error.ts';
import { expressionFields } from './expression-fields.ts';
import { analyzeTemplates, type CompiledTemplate, compileTemplate, hasLiquid, staticPath } from './liquid.ts';

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
    if (!hasLiquid(text)) continue;
    const field = path.join('.');
    try {
      references.push(...referencesIn(text, field));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push({ field, message: error.message, position: Number(error.details?.['position'] ?? 0) });
    }
  }
  return { references, problems };
}

/** The references of a config; expressions that cannot be parsed have none. */
export function referencesOf(definition: NodeDefinition, config: unknown): Reference[] {
  return inspectExpressions(definition, config).references;
}

/** @throws AppError `expression` */
export function referencesIn(text: string, field: string): Reference[] {
  let compiled: CompiledTemplate;
  try {
    compiled = compileTemplate(text, 'text');
  } catch (error) {
    throw explainLiquid(error, text, field);
  }
  return simpleReferences(compiled, field) ?? analyzedReferences(compiled, text, field);
}

/** Most templates only put in plain paths, which need no analysis. Undefined when there is more. */
function simpleReferences({ templates }: CompiledTemplate, field: string): Reference[] | undefined {
  const references: Reference[] = [];
  for (const template of templates) {
    if (!(template instanceof Output)) {
      if ('str' in template) continue;
      return undefined;
    }
    const path = hasVariableArguments(template) ? undefined : staticPath(template);
    if (path === undefined) return undefined;
    const token = (template.value.initial as unknown as { postfix: { begin: number }[] }).postfix[0];
    references.push({ field, path: path.map(String), position: token?.begin ?? template.token.begin });
  }
  return references;
}

function hasVariableArguments(template: Output): boolean {
  return template.value.filters.some((filter) => {
    const args = (filter as unknown as { args: readonly unknown[] }).args;
    return args.some((argument) => typeof argument !== 'object' || argument === null || !('content' in argument));
  });
}

function analyzedReferences({ templates }: CompiledTemplate, text: string, field: string): Reference[] {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const all = Object.values(analyzeTemplates(templates)).flat();
  const references = all.map((variable) => ({
    field,
    path: variable.segments.map((segment: string | number | Variable) =>
      typeof segment === 'object' ? '*' : String(segment),
    ),
    position: (lineStarts[variable.location.row - 1] ?? 0) + variable.location.col - 1,
  }));
  return references.sort((a, b) => a.position - b.position);
}
