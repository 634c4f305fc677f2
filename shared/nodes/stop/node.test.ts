import { expect, it } from 'vitest';
import { testContext } from '../testing-context.ts';
import { config } from './index.ts';
import { runner } from './run.server.ts';

it.each([
  [{}, { type: 'stop', status: 'done', message: '' }],
  [
    { status: 'failed', message: ' no consent ' },
    { type: 'stop', status: 'failed', message: 'no consent' },
  ],
  [{ status: 'failed' }, { type: 'stop', status: 'failed', message: 'A Stop step ended the run.' }],
])('%j', (settings, result) => expect(runner.run(config.parse(settings), testContext().context)).toEqual(result));
