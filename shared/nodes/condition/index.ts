import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineNode, inPort, type Port } from '../contract.ts';
import { field, switchField } from '../fields.ts';
import { countRules, evaluateRules, inWords, ruleProblems, rulesSchema } from './rules.ts';

export const config = z.object({
  rules: field(rulesSchema.default({ combinator: 'and', rules: [{ left: '', operator: 'equals', right: '' }] }), {
    title: 'Rules',
    widget: 'rules',
    description: 'Goes on along “true” when they hold, else along “false”.',
  }),
  caseSensitive: switchField({ title: 'Upper and lower case matter', default: false, advanced: true }),
});

const outPorts: readonly Port[] = [
  { id: 'true', label: 'true', type: 'data' },
  { id: 'false', label: 'false', type: 'data' },
];

export const node = defineNode({
  kind: 'condition',
  version: 1,
  group: 'logic',
  icon: 'git-branch',
  texts: {
    title: 'Condition',
    description: 'Goes one of two ways',
    help:
      'Compares values and goes on along “true” or “false”. Rules can be grouped with and/or. Numbers are compared as numbers also when they arrive ' +
      'as text, dates as dates, and text without regard to case. Hands on its input unchanged.',
  },
  config,
  ports: { in: [inPort], out: outPorts },
  effect: 'none',
  summary: ({ rules }) => (countRules(rules) === 0 ? 'No rule yet' : `If ${inWords(rules, 110)}`),
  check: ({ rules }) => ruleProblems(rules),
  sample: (_settings, input) => input ?? {},
  preview(bound, { input }) {
    try {
      const holds = evaluateRules(bound.rules, bound.caseSensitive);
      return {
        summary: `${holds ? 'True' : 'False'}: ${inWords(bound.rules, 100)}`,
        port: holds ? 'true' : 'false',
        output: input,
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});
