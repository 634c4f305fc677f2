import { defineRunner, output } from '../contract.ts';
import { config, mergeInputs } from './index.ts';

export const runner = defineRunner(config, { run: (bound, context) => output(mergeInputs(bound, context.inputs)) });
