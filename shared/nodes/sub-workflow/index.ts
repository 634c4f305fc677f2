import { z } from 'zod';
import { defineNode, inPort, outPort } from '../contract.ts';
import { choiceField, clip, plainField, valueField } from '../fields.ts';

export const config = z.object({
  workflowId: plainField({
    title: 'Workflow',
    widget: 'workflow',
    workflowWith: 'called',
    max: 100,
    placeholder: 'Choose a workflow',
    description: 'Those that begin with “Called by a workflow”. Its published version runs.',
  }),
  input: valueField({
    title: 'Hand over',
    default: '{{ input }}',
    placeholder: '{{ input }}',
    description: 'What its trigger puts out.',
  }),
  mode: choiceField(['wait', 'forget'], 'wait', {
    title: 'Then',
    labels: { wait: 'Wait for its result', forget: 'Go on at once' },
  }),
});

export const node = defineNode({
  kind: 'sub-workflow',
  version: 1,
  group: 'logic',
  icon: 'workflow',
  texts: {
    title: 'Call a workflow',
    description: 'Runs another workflow of this workspace',
    help:
      'Starts another published workflow that begins with “Called by a workflow” and hands it data. Waits for the answer of its Respond step, or the output of its ' +
      'last step, and fails when it fails; or goes on at once with the id of the run it started. Workflows call each other ten levels deep at most, and never themselves.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'irreversible',
  summary: ({ workflowId, mode }) =>
    workflowId === '' ? 'No workflow yet' : mode === 'wait' ? 'Waits for its result' : 'Starts it and goes on',
  check: ({ workflowId }) =>
    workflowId === '' ? [{ field: 'workflowId', message: 'Choose the workflow to call.' }] : [],
  sample: ({ mode }) => (mode === 'wait' ? {} : { runId: '019a2b3c-0000-7000-8000-000000000001' }),
  preview(bound) {
    if (bound.workflowId === '') {
      const message = 'No workflow is chosen.';
      return { summary: message, error: { code: 'bad_request', message, details: { field: 'workflowId' } } };
    }
    const what = clip(JSON.stringify(bound.input ?? null), 80);
    return {
      summary: `Calls the other workflow with ${what}${bound.mode === 'wait' ? ' and waits for its result' : ''}`,
    };
  },
});
