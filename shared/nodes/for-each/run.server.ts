import { defineRunner } from '../contract.ts';
import { config, policyOf } from './index.ts';
import { itemsOf } from './items.ts';

export const runner = defineRunner(config, {
  run: (bound) => ({ type: 'loop', items: itemsOf(bound.items), ...policyOf(bound) }),
});
