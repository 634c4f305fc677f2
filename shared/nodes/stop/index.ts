import { z } from 'zod';
import { defineNode, inPort } from '../contract.ts';
import { choiceField, clip, textField } from '../fields.ts';

export const config = z.object({
  status: choiceField(['done', 'failed'], 'done', {
    title: 'The run ends as',
    labels: { done: 'Done', failed: 'Failed' },
  }),
  message: textField({
    title: 'Message',
    max: 2_000,
    placeholder: 'No consent from {{ trigger.body.email }}',
    description: 'Shown with the run.',
  }),
});

export const node = defineNode({
  kind: 'stop',
  version: 1,
  group: 'logic',
  icon: 'octagon-x',
  texts: {
    title: 'Stop',
    description: 'Ends the whole run',
    help: 'Ends the run here, as done or as failed, with a message. Other branches are not started any more; steps under way finish.',
  },
  config,
  ports: { in: [inPort], out: [] },
  effect: 'none',
  summary: ({ status, message }) => `Ends as ${status}${message.trim() === '' ? '' : `: ${clip(message, 90)}`}`,
  sample: () => null,
  preview: ({ status, message }) => ({
    summary: `Ends the run as ${status}${message === '' ? '' : `: ${clip(message, 80)}`}`,
    stop: status,
  }),
});
