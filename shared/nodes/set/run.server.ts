import { defineRunner, output } from '../contract.ts';
import { config, setFields } from './index.ts';

export const runner = defineRunner(config, { run: (bound, context) => output(setFields(bound, context.input)) });
