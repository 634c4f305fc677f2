import { expect, it } from 'vitest';
import { filterTemplates } from './filterTemplates.ts';
import type { TemplateItem } from './filterTemplates.ts';

const template = (
  id: string,
  category: TemplateItem['category'],
  name: string,
  keywords: string[] = [],
): TemplateItem => ({
  id,
  name,
  description: `About ${name}`,
  category,
  keywords,
  parameters: [],
  graph: { nodes: [], edges: [], direction: 'down' },
  createdAt: null,
  cost: { aiSteps: 0, perItem: false, runMicro: 0, itemMicro: 0, byProvider: [] },
});

const all = [
  template('n', 'campaigns', 'Weekly newsletter', ['digest']),
  template('l', 'leads', 'Qualify leads', ['sales', 'digest']),
  template('o', 'own', 'My newsletter'),
];

it.each([
  ['', 'all', ['n', 'l', 'o']],
  ['newsletter', 'all', ['n', 'o']],
  ['NEWS  week', 'all', ['n']],
  ['digest', 'leads', ['l']],
  ['', 'own', ['o']],
  ['nothing like it', 'all', []],
] as const)('“%s” in %s', (search, category, expected) => {
  expect(filterTemplates(all, search, category).map((found) => found.id)).toEqual(expected);
});
