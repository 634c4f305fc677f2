import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { listSources } from './imports.ts';

/** Attributes that a person reads or hears. */
const spoken =
  /^(?:aria-label|aria-description|title|placeholder|label|alt|description|text|action|tooltip|nothingFound)$/;
/** Names are the same in every language, and so are examples of what is typed. */
const names = /^(?:Mailweave|JSON|HTML|[\w.+-]+@[\w.-]+|https?:\S+|\{\{[^}]*\}\}|·|%)$/;

interface SyntaxNode {
  type: string;
  start: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Texts in the JSX of the client that stand there as they are, instead of in `t()`, with their places. */
export function rawTexts(root: string): string[] {
  return listSources(root, ['client'])
    .filter((file) => file.endsWith('.tsx') && !/\.test\.tsx$|^client\/test\//.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const found: string[] = [];
      const add = (at: number, raw: string) => {
        const words = raw.trim();
        if (/\p{L}{2}/u.test(words) && !names.test(words))
          found.push(`${file}:${text.slice(0, at).split('\n').length} ${words}`);
      };
      visit(parseSync(file, text).program, add);
      return found;
    });
}

function visit(node: unknown, add: (at: number, text: string) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, add);
  else if (isNode(node)) {
    if (node.type === 'JSXText') add(node.start, String(node['value']));
    else if (node.type === 'JSXAttribute') {
      if (isNode(node['name']) && spoken.test(String(node['name']['name']))) said(node['value'], add);
    } else if (node.type === 'JSXExpressionContainer') said(node['expression'], add, true);
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value, add);
  }
}

/** The texts that an expression shows as they are. `child`: between elements, where only whole words are meant. */
function said(node: unknown, add: (at: number, text: string) => void, child = false): void {
  if (!isNode(node)) return;
  if (node.type === 'Literal' && typeof node['value'] === 'string') {
    if (!child) add(node.start, node['value']);
  } else if (node.type === 'TemplateLiteral') {
    if (child) return;
    add(node.start, (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(' '));
  } else if (node.type === 'ConditionalExpression') {
    said(node['consequent'], add, child);
    said(node['alternate'], add, child);
  } else if (node.type === 'JSXExpressionContainer') said(node['expression'], add, child);
}
