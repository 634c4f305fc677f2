import { defineRunner } from '../contract.ts';
import { composeAnswer, config } from './index.ts';

export const runner = defineRunner(config, {
  run: (bound, context) => ({ type: 'output', port: 'out', output: context.input, answer: composeAnswer(bound) }),
});
