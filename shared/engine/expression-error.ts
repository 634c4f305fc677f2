/** Turns what Liquid throws into words for the person who wrote the expression. */
import { AppError } from '../errors.ts';
import { clip } from '../nodes/fields.ts';
import { filterNames, LeftoverError, tagNames } from './liquid.ts';
import { closest } from './closest.ts';

interface ThrownByLiquid {
  message: string;
  token?: { begin?: number; input?: string };
  originalError?: unknown;
}

/** @returns an AppError `expression` with `details: { field, position, line }`; position counts characters from 0, line from 1. */
export function explainLiquid(error: unknown, text: string, field: string): AppError {
  const thrown = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as ThrownByLiquid;
  const cause = thrown.originalError instanceof AppError ? thrown.originalError : error;
  const position = cause instanceof LeftoverError ? cause.position : Math.min(thrown.token?.begin ?? 0, text.length);
  const line = text.slice(0, position).split('\n').length;
  const message =
    cause instanceof AppError || cause instanceof LeftoverError ? cause.message : plainWords(thrown.message);
  return new AppError('expression', message, { details: { field, position, line }, cause: error });
}

const rewrites: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/^undefined filter: (.*)$/, ([, name = '']) => `There is no filter “${name}”.${suggestion(name, filterNames)}`],
  [/^tag "(.*)" not found$/, ([, name = '']) => `There is no tag “${name}”.${suggestion(name, tagNames)}`],
  [/^output "([^]*)" not closed$/, () => 'A “{{” is not closed with “}}”.'],
  [/^tag "([^]*)" not closed$/, () => 'A “{%” is not closed with “%}”.'],
  [/^tag \{%-?\s*(\w+)[^]* not closed$/, ([, name = '']) => `“{% ${name} %}” is not ended with “{% end${name} %}”.`],
  [/^invalid value expression: ""$/, () => 'There is nothing between “{{” and “}}”.'],
  [/^invalid value expression: ([^]*)$/, ([, text = '']) => `${clip(text, 60)} cannot be read as an expression.`],
  [/^(?:memory alloc|template render|parse length) limit exceeded$/, () => 'This would take too much time or memory.'],
  [/^illegal tag syntax, tag name expected$/, () => 'A “{%” must be followed by the name of a tag, such as “if”.'],
];

function plainWords(message: string): string {
  const bare = message.replace(/(?:, file:[^,]*)?, line:\d+, col:\d+$/, '');
  for (const [pattern, words] of rewrites) {
    const match = pattern.exec(bare);
    if (match !== null) return words(match);
  }
  return `The expression cannot be used: ${clip(bare, 200)}.`;
}

function suggestion(name: string, known: readonly string[]): string {
  const best = closest(name, known);
  return best === undefined ? '' : ` Did you mean “${best}”?`;
}
