import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { exampleField, startsWithExample } from '../example-payload.ts';

export const config = z.object({
  payload: exampleField('What a caller hands over, for example. Later steps read it as {{ trigger.email }}.'),
});

export const node = defineNode({
  kind: 'called',
  version: 1,
  group: 'trigger',
  icon: 'corner-down-right',
  trigger: 'called',
  texts: {
    title: 'Called by a workflow',
    description: 'Starts when another workflow calls this one',
    help: 'Starts the workflow when a “Call a workflow” step of another one runs. Its output is what the caller hands over. The caller gets the answer of a Respond step, or the output of the last step.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  ...startsWithExample({
    summary: 'When another workflow calls',
    preview: { summary: 'Starts when another workflow calls' },
  }),
});
