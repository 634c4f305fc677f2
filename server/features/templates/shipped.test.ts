import { describe, expect, test } from 'vitest';
import { validate } from '../../../shared/engine/validate.ts';
import type { FieldMeta } from '../../../shared/nodes/contract.ts';
import type { Template } from '../../../shared/api/templates.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { fillGraph } from './fill.ts';
import { loadShippedTemplates } from './shipped.ts';
import { checkValues } from './values.ts';

const { catalogue } = await loadCatalogue();
const shipped = [...(await loadShippedTemplates()).values()];

const examples: Record<Template['parameters'][number]['type'], string> = {
  text: 'An “example” & more',
  textarea: 'First line\nsecond line',
  email: 'someone@example.com',
  url: 'https://example.com/page',
  number: '3',
  time: '09:30',
  select: '',
};

describe.each(shipped)('$id', (template) => {
  test('filled in with examples it can be published as it is', () => {
    const given = Object.fromEntries(
      template.parameters.map((asked) => [
        asked.key,
        asked.default || (asked.options?.[0]?.value ?? examples[asked.type]),
      ]),
    );
    const graph = fillGraph(template, checkValues(template.parameters, given), (kind, field) => {
      const meta = catalogue.get(kind)?.config.shape[field]?.meta() as FieldMeta | undefined;
      return meta?.expression;
    });
    expect(validate(graph, catalogue)).toEqual([]);
  });
});
