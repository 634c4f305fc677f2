/**
 * Writes docs/nodes.md: every kind with its settings, from the same texts and schemas that the editor shows. `node ops/run.mjs ops/node-docs.ts`
 * after a kind has changed; a test fails while the file is stale.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadCatalogue } from '../server/nodes/registry.ts';
import { filterNames, scopeRoots } from '../shared/engine/liquid.ts';
import { type NodeCatalogue, type NodeDefinition, nodeGroups, outPortsOf } from '../shared/nodes/contract.ts';
import { operatorLabels, operators } from '../shared/nodes/operators.ts';

export const nodeDocsFile = join(import.meta.dirname, '../docs/nodes.md');

const groupTitles = { trigger: 'Triggers', ai: 'AI', email: 'E-mail', logic: 'Logic', data: 'Data' } as const;

interface Property {
  title?: string;
  description?: string;
  default?: unknown;
  expression?: string;
  type?: string;
  options?: { value: string; label: string }[];
  properties?: Record<string, Property>;
  items?: Property;
  minimum?: number;
  maximum?: number;
}

export function nodeDocs(catalogue: NodeCatalogue): string {
  const groups = nodeGroups.map(
    (group) => [group, [...catalogue.values()].filter((node) => node.group === group)] as const,
  );
  const sections = groups
    .filter(([, nodes]) => nodes.length > 0)
    .map(([group, nodes]) => `## ${groupTitles[group]}\n\n${nodes.map(section).join('\n\n')}`);
  return `${['# Steps', '<!-- Written by ops/node-docs.ts; change the kinds, not this file. -->', intro, ...sections, comparisons(), expressions()].join('\n\n')}\n`;
}

const intro =
  'Every kind of step, its settings and what it hands on. Settings marked {{ }} take [expressions](#expressions).';

function section(node: NodeDefinition): string {
  const defaults = node.config.parse({});
  const schema = z.toJSONSchema(node.config, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
  };
  const ports = outPortsOf(node, defaults, undefined).map(({ id }) => `\`${id}\``);
  const ways = ports.length > 1 ? `\n\nWays out: ${ports.join(', ')}.` : '';
  const example = `\`\`\`json\n${JSON.stringify(node.sample(defaults, { email: 'ada@example.com' }), null, 2)}\n\`\`\``;
  const hands = node.ports.out.length === 0 ? '' : `\n\nHands on, for example:\n\n${example}`;
  return `### ${node.texts.title} (\`${node.kind}\`)\n\n${plain(node.texts.help)}${ways}\n\n${table(schema.properties ?? {})}${hands}`;
}

/** Texts are not Markdown: `<id>` in them is no tag. */
function plain(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function table(properties: Record<string, Property>): string {
  const rows = Object.entries(properties).flatMap(([name, property]) => [
    row(name, property),
    ...nestedRows(name, property),
  ]);
  return ['| Setting | Name | What | Default |', '|---|---|---|---|', ...rows].join('\n');
}

/** The fields of a list's entries or of an object, one level deep. */
function nestedRows(name: string, property: Property): string[] {
  const inner = property.items?.properties ?? property.properties ?? {};
  const prefix = property.items?.properties === undefined ? `${name}.` : `${name}[].`;
  return Object.entries(inner).map(([key, value]) => row(`${prefix}${key}`, value));
}

function row(name: string, property: Property): string {
  const options = property.options?.map(({ value, label }) => `\`${value}\` ${label}`).join(', ') ?? '';
  const bounds =
    property.type === 'integer' || property.type === 'number'
      ? `${property.minimum ?? ''} to ${property.maximum ?? ''}`
      : '';
  const about = [property.description ?? '', options, bounds].filter((part) => part !== '').join(' ');
  const short = JSON.stringify(property.default);
  const shown = short === undefined || short === '""' || short.length > 60 ? '' : `\`${short}\``;
  const cells = [
    `${property.title ?? name}${property.expression === undefined ? '' : ' {{ }}'}`,
    `\`${name}\``,
    about,
    shown,
  ];
  return `| ${cells.map((cell) => plain(cell).replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
}

function comparisons(): string {
  const rows = operators.map((operator) => `| \`${operator}\` | ${operatorLabels[operator]} |`);
  return `## Comparisons

Numbers are compared as numbers also when they arrive as text; text without regard to case unless the step says otherwise. What cannot be compared is an
error and not silently false. Patterns are regular expressions without look-around and back-references, matched in linear time.

| Name | Reads |
|---|---|
${rows.join('\n')}`;
}

function expressions(): string {
  const roots = Object.entries(scopeRoots).map(([root, what]) => `| \`${root}\` | ${what} |`);
  return `## Expressions

Settings take [Liquid](https://shopify.github.io/liquid/): \`{{ trigger.body.email }}\` puts in a value, \`{% if %}\`, \`{% for %}\` and \`{% assign %}\` do
more. A value that does not exist is empty; \`| default: "there"\` puts something in its place. In HTML messages values are escaped.
In settings that take values (rules, fields) a lone \`{{ … }}\` keeps its type.

| Starts with | Is |
|---|---|
${roots.join('\n')}

Beyond Liquid's own filters there are:

| Filter | Example | Gives |
|---|---|---|
| \`date\` | \`{{ now \\| date: "%d.%m.%Y %H:%M", "Europe/Berlin" }}\` | 31.12.2026 18:00 |
| \`number\` | \`{{ 1234.5 \\| number: 2, "de" }}\` | 1.234,50 |
| \`money\` | \`{{ 1234.5 \\| money: "EUR", "de" }}\` | 1.234,50 € |
| \`first_name\` | \`{{ "Lovelace, Ada" \\| first_name }}\` | Ada |
| \`paragraphs\` | \`{{ steps.ai_generate_1.text \\| paragraphs }}\` | text as HTML paragraphs |
| \`html_to_text\` | \`{{ input.html \\| html_to_text }}\` | HTML as readable text |

All filters: ${filterNames.map((name) => `\`${name}\``).join(', ')}.`;
}

if (process.argv[1] === import.meta.filename) {
  const { catalogue } = await loadCatalogue();
  await writeFile(nodeDocsFile, nodeDocs(catalogue));
  console.log(`docs/nodes.md written: ${catalogue.size} kinds`);
}
