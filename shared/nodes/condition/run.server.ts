import { defineRunner, output } from '../contract.ts';
import { config } from './index.ts';
import { evaluateRules } from './rules.ts';

export const runner = defineRunner(config, {
  run: (bound, context) => output(context.input, evaluateRules(bound.rules, bound.caseSensitive) ? 'true' : 'false'),
});
