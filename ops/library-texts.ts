import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { NodeDefinition } from '../shared/nodes/contract.ts';
import type { Found } from './texts.ts';

interface Field {
  title?: string;
  description?: string;
  placeholder?: string;
  options?: { label: string }[];
  items?: Field;
  properties?: Record<string, Field>;
}

interface Template {
  name: string;
  description: string;
  parameters: { label: string; help?: string; options?: { label: string }[] }[];
}

/** What the node kinds and the shipped templates are called and how they explain themselves. */
export async function libraryTexts(root: string): Promise<Found> {
  const found: Found = new Map();
  const add = (where: string, texts: readonly (string | undefined)[]) => {
    for (const text of texts) if (text && /\p{L}{2}/u.test(text) && !found.has(text)) found.set(text, where);
  };
  const nodes = join(root, 'shared/nodes');
  for (const kind of readdirSync(nodes, { withFileTypes: true })) {
    if (!kind.isDirectory() || !readdirSync(join(nodes, kind.name)).includes('index.ts')) continue;
    const path = join(nodes, kind.name, 'index.ts');
    const { node } = (await import(pathToFileURL(path).href)) as { node?: NodeDefinition };
    if (node) add(`shared/nodes/${kind.name}`, textsOfKind(node));
  }
  const templates = join(root, 'shared/templates');
  for (const file of readdirSync(templates).filter((name) => name.endsWith('.json'))) {
    const { name, description, parameters } = JSON.parse(readFileSync(join(templates, file), 'utf8')) as Template;
    const fields = parameters.flatMap(({ label, help, options = [] }) => [
      label,
      help,
      ...options.map((one) => one.label),
    ]);
    add(`shared/templates/${file}`, [name, description, ...fields]);
  }
  return found;
}

function textsOfKind({ texts, ports, config }: NodeDefinition): (string | undefined)[] {
  const out = typeof ports.out === 'function' ? ports.out(config.parse({})) : ports.out;
  const schema = z.toJSONSchema(config, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    cycles: 'ref',
  }) as Field;
  const labels = [...ports.in, ...out].map(({ label }) => label);
  return [texts.title, texts.description, texts.help, ...labels, ...textsOfFields(schema.properties)];
}

function textsOfFields(fields: Record<string, Field> = {}): (string | undefined)[] {
  return Object.values(fields).flatMap((field) => [
    field.title,
    field.description,
    isWords(field.placeholder) ? field.placeholder : undefined,
    ...(field.options ?? []).map((option) => option.label),
    ...(field.items ? textsOfFields({ item: field.items }) : []),
    ...textsOfFields(field.properties),
  ]);
}

/** An example that is code or an address needs no translation. */
const isWords = (text = ''): boolean => /\p{L} \p{L}/u.test(text) && !/[{<[@=]/.test(text);
