import { z } from 'zod';
import { defineNode, inPort, outPort } from '../contract.ts';
import { asRecord, clip, field, plainField, setOwn, switchField, valueField } from '../fields.ts';

const entrySchema = z.object({
  name: plainField({ title: 'Name', placeholder: 'full_name', max: 200 }),
  value: valueField({ title: 'Value', placeholder: '{{ input.first }} {{ input.last }}' }),
});

export const config = z.object({
  fields: field(
    z
      .array(entrySchema)
      .max(200)
      .default([{ name: '', value: '' }]),
    {
      title: 'Fields',
      widget: 'keyvalue',
      description: 'Text stays text. A lone {{ … }} keeps its type; {{ 5 }} is the number 5, {{ true }} is yes.',
    },
  ),
  keepInput: switchField({ title: 'Keep the other fields of the input', default: true }),
});
type Config = z.output<typeof config>;

/** The input's fields (where they are kept) and over them those that are set. An input that is no object has no fields to keep. */
export function setFields({ fields, keepInput }: Config, input: unknown): Record<string, unknown> {
  const result = keepInput ? { ...asRecord(input) } : {};
  for (const { name, value } of fields) if (name.trim() !== '') setOwn(result, name.trim(), value);
  return result;
}

export const node = defineNode({
  kind: 'set',
  version: 1,
  group: 'data',
  icon: 'pen-line',
  texts: {
    title: 'Set fields',
    description: 'Adds, renames or computes values',
    help: 'Makes an object with the fields you name, on top of the input or by itself. Values can be computed with Liquid, such as {{ input.price | times: 1.19 }}.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  summary({ fields }) {
    const names = fields.map(({ name }) => name.trim()).filter((name) => name !== '');
    return names.length === 0 ? 'No field yet' : `Sets ${clip(names.join(', '), 100)}`;
  },
  check({ fields }) {
    if (fields.length === 0) return [{ field: 'fields', message: 'Add at least one field.' }];
    const problems: { field: string; message: string }[] = [];
    const seen = new Set<string>();
    for (const [index, entry] of fields.entries()) {
      const name = entry.name.trim();
      if (name === '')
        problems.push({ field: `fields.${index}.name`, message: 'Give the field a name, for example full_name.' });
      else if (seen.has(name)) problems.push({ field: `fields.${index}.name`, message: `“${name}” is set twice.` });
      seen.add(name);
    }
    return problems;
  },
  sample: setFields,
  preview: (bound, { input }) => ({
    summary: `Sets ${clip(bound.fields.map(({ name }) => name).join(', '), 100)}`,
    output: setFields(bound, input),
  }),
});
