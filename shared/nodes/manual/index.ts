import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { exampleField, startsWithExample } from '../example-payload.ts';

export const config = z.object({
  payload: exampleField(
    'The run starts with this unless other data is given. Later steps read it as {{ trigger.email }}.',
  ),
});

export const node = defineNode({
  kind: 'manual',
  version: 1,
  group: 'trigger',
  icon: 'play',
  trigger: 'manual',
  texts: {
    title: 'Start by hand',
    description: 'Starts when someone presses Run',
    help: 'Starts the workflow from the editor, the API or the command line. Its output is the data that the run is started with, or the example data.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  ...startsWithExample({ summary: 'When someone presses Run', preview: { summary: 'Starts the workflow' } }),
});
