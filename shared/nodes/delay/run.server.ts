import { defineRunner, output } from '../contract.ts';
import { config, resumeAt } from './index.ts';

export const runner = defineRunner(config, {
  run(bound, context) {
    // The moment was settled when the wait began: expressions may give another one by now.
    if (context.resumed !== undefined) return output(context.input);
    const at = resumeAt(bound, context.now());
    return at <= context.now().getTime() ? output(context.input) : { type: 'wait', wait: { kind: 'until', at } };
  },
});
