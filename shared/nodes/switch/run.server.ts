import { defineRunner, output } from '../contract.ts';
import { choosePort, config } from './index.ts';

export const runner = defineRunner(config, { run: (bound, context) => output(context.input, choosePort(bound)) });
