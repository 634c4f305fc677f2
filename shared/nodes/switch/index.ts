import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineNode, inPort, type Port } from '../contract.ts';
import { asText, clip, field, plainField, switchField, valueField } from '../fields.ts';
import {
  binaryOperators,
  compare,
  isUnary,
  operatorLabels,
  operatorOptions,
  operators,
  patternProblem,
} from '../operators.ts';

const caseSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/, 'use a-z, 0-9 and _')
    .meta({ title: 'Id', description: 'Connections hang on it; it does not change with the label.' }),
  label: plainField({ title: 'Label', placeholder: 'Sales', max: 60 }),
  operator: field(z.enum(operators).default('equals'), {
    title: 'Comparison',
    widget: 'select',
    options: operatorOptions,
  }),
  right: valueField({
    title: 'Compared with',
    placeholder: 'sales',
    showWhen: { field: 'operator', in: binaryOperators },
  }),
});

export const config = z.object({
  value: valueField({
    title: 'Value',
    placeholder: '{{ steps.ai_generate_1.data.category }}',
    description: 'What decides where to go on.',
  }),
  cases: field(
    z
      .array(caseSchema)
      .max(50)
      .default([
        { id: 'case_1', label: 'Case 1', operator: 'equals', right: '' },
        { id: 'case_2', label: 'Case 2', operator: 'equals', right: '' },
      ]),
    { title: 'Cases', widget: 'cases', description: 'The first one that fits is taken.' },
  ),
  fallback: switchField({ title: 'A way out when no case fits', default: true }),
  caseSensitive: switchField({ title: 'Upper and lower case matter', default: false, advanced: true }),
});
type Config = z.output<typeof config>;

const otherwise = 'otherwise';

/** The port of the first case that fits, else `otherwise` (which leads nowhere when the way out is switched off). */
export function choosePort(bound: Config): string {
  const found = bound.cases.find(({ operator, right }) =>
    compare(bound.value, operator, right, { caseSensitive: bound.caseSensitive }),
  );
  return found?.id ?? otherwise;
}

/** Also for settings that are not parsed yet: the canvas draws ports while someone types. */
function ports(settings: Partial<Config>): readonly Port[] {
  const cases = (Array.isArray(settings.cases) ? settings.cases : []).filter((entry) => typeof entry?.id === 'string');
  const own = cases.map(({ id, label }) => ({ id, label: label || id, type: 'data' as const }));
  return settings.fallback === false ? own : [...own, { id: otherwise, label: 'otherwise', type: 'data' }];
}

function labelOf(settings: Config, port: string): string {
  return settings.cases.find(({ id }) => id === port)?.label || port;
}

export const node = defineNode({
  kind: 'switch',
  version: 1,
  group: 'logic',
  icon: 'split',
  texts: {
    title: 'Switch',
    description: 'Goes one of several ways',
    help: 'Compares one value with several cases and goes on along the first that fits, or along “otherwise”. Hands on its input unchanged.',
  },
  config,
  ports: { in: [inPort], out: ports },
  effect: 'none',
  summary({ value, cases }) {
    const labels = cases.map(({ id, label }) => label || id).join(', ');
    return asText(value).trim() === '' ? 'No value yet' : `${clip(asText(value), 50)}: ${clip(labels, 60)}`;
  },
  check(settings) {
    const problems: { field: string; message: string }[] = [];
    if (asText(settings.value).trim() === '')
      problems.push({ field: 'value', message: 'Choose the value to look at, for example {{ input.category }}.' });
    if (settings.cases.length === 0) problems.push({ field: 'cases', message: 'Add at least one case.' });
    const seen = new Set<string>([otherwise]);
    for (const [index, { id, operator, right }] of settings.cases.entries()) {
      if (seen.has(id)) problems.push({ field: `cases.${index}.id`, message: `The id “${id}” is taken.` });
      seen.add(id);
      const text = asText(right);
      if (!isUnary(operator) && text.trim() === '')
        problems.push({ field: `cases.${index}.right`, message: 'Fill in what to compare with.' });
      const pattern = operator === 'matches' && !text.includes('{{') ? patternProblem(text) : undefined;
      if (pattern !== undefined) problems.push({ field: `cases.${index}.right`, message: pattern });
    }
    return problems;
  },
  sample: (_settings, input) => input ?? {},
  preview(bound, { input }) {
    try {
      const port = choosePort(bound);
      const found = bound.cases.find(({ id }) => id === port);
      const why =
        found === undefined
          ? 'no case fits'
          : `“${clip(asText(bound.value), 40)}” ${operatorLabels[found.operator]} ${clip(asText(found.right), 40)}`;
      return { summary: `Goes along “${labelOf(bound, port)}”: ${why}`, port, output: input };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
