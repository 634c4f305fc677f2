/**
 * Gathers every text that a person can read, out of the sources: what the interface says (`t`, `plural`, `tc`, `rich`), what the node kinds and
 * templates are called, and the sentences that the server and the shared core answer with. `node ops/texts.ts` lists what German lacks.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { listSources } from './imports.ts';
import type { Part } from './german.ts';
import { libraryTexts } from './library-texts.ts';

interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** English text → where it stands first. */
export type Found = Map<string, string>;

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const isTest = (file: string): boolean => /\.test\.tsx?$|(?:^|\/)testing|^client\/test\//.test(file);

function walk(node: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit);
  else if (isNode(node)) {
    visit(node);
    for (const value of Object.values(node)) if (typeof value === 'object') walk(value, visit);
  }
}

function parse(root: string, file: string): { program: SyntaxNode; text: string } {
  const text = readFileSync(join(root, file), 'utf8');
  return { program: parseSync(file, text).program as unknown as SyntaxNode, text };
}

const literalOf = (node: unknown): string | undefined => {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as { value: { cooked: string } }[];
    return quasis.length === 1 ? quasis[0]?.value.cooked : undefined;
  }
  return undefined;
};

/** What the calls in these folders name; `problems` are calls whose text is no literal. */
export function interfaceTexts(root: string, folders: string[]): { texts: Found; problems: string[] } {
  const [texts, problems]: [Found, string[]] = [new Map(), []];
  for (const file of listSources(root, folders)) {
    if (isTest(file) || /^(?:client|shared)\/i18n\//.test(file)) continue;
    const { program, text } = parse(root, file);
    if (!text.includes('i18n/')) continue;
    walk(program, (node) => {
      if (node.type !== 'CallExpression' || !isNode(node['callee']) || node['callee'].type !== 'Identifier') return;
      const name = node['callee']['name'];
      const args = node['arguments'] as SyntaxNode[];
      const where = `${file}:${text.slice(0, node.start).split('\n').length}`;
      const add = (key: string | undefined) => {
        if (key === undefined) problems.push(`${where}: the text of ${String(name)}() is no literal`);
        else if (!texts.has(key)) texts.set(key, where);
      };
      if (name === 't' || name === 'rich') add(literalOf(args[0]));
      else if (name === 'plural') add(literalOf(args[1]) === undefined ? undefined : literalOf(args[2]));
      else if (name === 'tc') {
        const [context, own] = [literalOf(args[0]), literalOf(args[1])];
        add(context === undefined || own === undefined ? undefined : `${context}|${own}`);
      }
    });
  }
  return { texts, problems };
}

/** Folders whose sentences reach people through the client. */
const speaking = ['shared/engine', 'shared/nodes', 'shared/workflow', 'shared/schedule', 'server'];
/** Prompts for models, mails and pages of the server itself, words for whoever operates it: these do not pass the client. */
const silent =
  /^server\/(?:database|mcp|queue|bus|config|main|product|running|services|faults|telemetry|lifecycle|secret-key)|prompt|(?:fake|mock)[-.]|^server\/http\/(?:access|health|metrics|openapi|docs)|^server\/features\/compose\/(?:system|instructions|builtin)|^server\/drivers\/(?:auth\/mails|llm\/builtin)|^shared\/nodes\/approval\/mail|journals/;
/** The same, one by one. */
const unsaid =
  /^(?:OUTBOUND_ALLOW: |Hands in the answer|Give the whole answer|Erkläre |Explain |Warum |\{0\} If the cause|Say in plain words|Answer with the word|An example of|It has room for|I would like an offer|550 )/;
/** Properties of a node kind whose texts are examples, or belong to the library. */
const example = /^(?:placeholder|sample|texts|description|help)$/;

/** Sentences of the server and the shared core, `{0}` where something is put in. */
export function sentences(root: string): Found {
  const found: Found = new Map();
  for (const file of listSources(root, ['shared', 'server'])) {
    if (isTest(file) || silent.test(file) || !speaking.some((folder) => file.startsWith(`${folder}/`))) continue;
    const { program, text } = parse(root, file);
    const add = (node: unknown, mustEnd: boolean) => {
      for (const one of templatesOf(node)) {
        if (!isSentence(one, mustEnd) || unsaid.test(one) || found.has(one)) continue;
        found.set(one, `${file}:${text.slice(0, (node as SyntaxNode).start).split('\n').length}`);
      }
    };
    const skipped = new Set<unknown>();
    walk(program, (node) => {
      if (node.type === 'Property' && file.startsWith('shared/nodes/') && isNode(node['key']) && isExample(node['key']))
        walk(node['value'], (one) => skipped.add(one));
      // What is looked up where it stands is no finished sentence.
      if (isLookUp(node)) walk(node['arguments'], (one) => skipped.add(one));
      if (skipped.has(node)) return;
      if (node.type === 'NewExpression' && isNode(node['callee']) && node['callee']['name'] === 'AppError')
        add((node['arguments'] as SyntaxNode[])[1], false);
      else if (node.type === 'Property' && isNode(node['key']) && isSaid(node['key'], file))
        add(saidBy(node['value']), false);
      else if (node.type === 'TemplateLiteral' || node.type === 'Literal') add(node, true);
    });
  }
  return found;
}

const isLookUp = (node: SyntaxNode): boolean =>
  node.type === 'CallExpression' && isNode(node['callee']) && /^(?:t|tc|plural)$/.test(String(node['callee']['name']));

/** What stores describe stands in the statement of credits; elsewhere a description is for models or for the API's document. */
const isSaid = (key: SyntaxNode, file: string): boolean => {
  const name = String(key['name'] ?? key['value']);
  return (
    /^(?:message|summary|remedy|problem|purpose)$/.test(name) ||
    (name === 'description' && file.startsWith('server/store/'))
  );
};

const isExample = (key: SyntaxNode): boolean => example.test(String(key['name'] ?? key['value']));

/** A function says what it returns as an expression, a parameter its default. */
function saidBy(value: unknown): unknown {
  if (!isNode(value)) return value;
  if (value.type === 'AssignmentPattern') return value['right'];
  return value.type === 'ArrowFunctionExpression' ? value['body'] : value;
}

/** Every text that an expression can give: both sides of a condition, `{0}` for what is not written out. */
function templatesOf(node: unknown): string[] {
  return piecesOf(node).map((pieces) => {
    let gaps = 0;
    return pieces.map((piece) => piece ?? `{${gaps++}}`).join('');
  });
}

type Pieces = (string | null)[];

function piecesOf(node: unknown): Pieces[] {
  if (!isNode(node)) return [];
  const literal = literalOf(node);
  if (literal !== undefined) return [[literal]];
  if (node.type === 'ParenthesizedExpression') return piecesOf(node['expression']);
  if (node.type === 'ConditionalExpression') return [...piecesOf(node['consequent']), ...piecesOf(node['alternate'])];
  if (node.type === 'BinaryExpression' && node['operator'] === '+')
    return combined([alternatives(node['left']), alternatives(node['right'])]);
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as { value: { cooked: string } }[];
    const expressions = node['expressions'] as SyntaxNode[];
    return combined(
      quasis.flatMap((quasi, at) => [
        [[quasi.value.cooked]],
        ...(expressions[at] === undefined ? [] : [alternatives(expressions[at])]),
      ]),
    );
  }
  return [];
}

function alternatives(node: unknown): Pieces[] {
  const known = isNode(node) && /^(?:Literal|ConditionalExpression|TemplateLiteral|BinaryExpression)$/.test(node.type);
  const pieces = known ? piecesOf(node) : [];
  return pieces.length === 0 || pieces.length > 6 ? [[null]] : pieces;
}

function combined(parts: Pieces[][]): Pieces[] {
  return parts
    .reduce<Pieces[]>((all, part) => all.flatMap((start) => part.map((end) => [...start, ...end])), [[]])
    .slice(0, 12);
}

function isSentence(text: string, mustEnd: boolean): boolean {
  const fixed = text.replace(/\{\d+\}/g, '');
  if (!/\p{L}{2,}/u.test(fixed) || text.length > 400 || text.includes('\n')) return false;
  if (!mustEnd) return / /.test(text) || /^\p{Lu}\p{Ll}+/u.test(text);
  return /^[\p{Lu}“{]/u.test(text) && /[.?!…]$/.test(text) && /\p{L} \p{L}/u.test(fixed);
}

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What an installed app is called and offers; the server says it in the visitor's language. */
function manifestTexts(root: string): string[] {
  const text = readFileSync(join(root, 'client/public/manifest.webmanifest'), 'utf8');
  const { description, shortcuts } = JSON.parse(text) as { description: string; shortcuts: { name: string }[] };
  return [description, ...shortcuts.map(({ name }) => name)];
}

/** All that needs a translation, by the part of the language's folder that has it. */
export async function wantedTexts(): Promise<Record<Part, Found> & { problems: string[] }> {
  const { texts, problems } = interfaceTexts(root, ['client', 'shared']);
  const ofServer = interfaceTexts(root, ['server']);
  for (const text of manifestTexts(root)) ofServer.texts.set(text, 'client/public/manifest.webmanifest');
  const library = await libraryTexts(root);
  const without = (found: Found, ...others: Found[]): Found =>
    new Map([...found].filter(([text]) => others.every((other) => !other.has(text))));
  return {
    texts,
    library,
    messages: without(sentences(root), library, texts, ofServer.texts),
    pages: without(ofServer.texts, texts),
    problems: [...problems, ...ofServer.problems],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { german, parts } = await import('./german.ts');
  const { problems, ...wanted } = await wantedTexts();
  for (const problem of problems) console.log(problem);
  for (const part of parts) {
    const missing = [...wanted[part]].filter(([text]) => !Object.hasOwn(german[part], text));
    console.log(`${part}: ${wanted[part].size} texts, ${missing.length} without a German one`);
    if (process.argv.includes('--missing'))
      for (const [text, where] of missing) console.log(`${JSON.stringify(text)} ${where}`);
  }
}
