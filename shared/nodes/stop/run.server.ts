import { defineRunner } from '../contract.ts';
import { config } from './index.ts';

export const runner = defineRunner(config, {
  run({ status, message }) {
    const fallback = status === 'failed' ? 'A Stop step ended the run.' : '';
    return { type: 'stop', status, message: message.trim() || fallback };
  },
});
