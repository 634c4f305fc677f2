import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { plainField } from '../fields.ts';

export const config = z.object({
  workflowId: plainField({
    title: 'Workflow',
    widget: 'workflow',
    max: 100,
    placeholder: 'All workflows',
    description: 'Whose failures count. Without a choice: those of all workflows.',
  }),
});

/** What the trigger puts out. */
export interface FailureReport {
  workflow: { id: string; name: string };
  run: { id: string; url: string };
  error: { code: string; message: string };
  /** Where it failed; null when no step is to blame. */
  step: { id: string; title: string } | null;
}

const example: FailureReport = {
  workflow: { id: '019a2b3c-0000-7000-8000-000000000001', name: 'Welcome new leads' },
  run: {
    id: '019a2b3c-0000-7000-8000-000000000002',
    url: 'https://mailweave.example/runs/019a2b3c-0000-7000-8000-000000000002',
  },
  error: { code: 'mail_rejected', message: '550 no such user' },
  step: { id: 'email_send_1', title: 'Send e-mail' },
};

export const node = defineNode({
  kind: 'workflow-failed',
  version: 1,
  group: 'trigger',
  icon: 'siren',
  trigger: 'workflow-failed',
  texts: {
    title: 'A workflow failed',
    description: 'Starts when a run of a workflow fails',
    help: 'Starts once for each live run that ends as failed, of one workflow or of all. Its output names the workflow, the run with its address, the error and the step. Runs that this trigger has started, and what they call, never set it off again.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: ({ workflowId }) => (workflowId === '' ? 'When any workflow fails' : 'When that workflow fails'),
  sample: () => example,
  preview: () => ({ summary: 'Starts when a run fails' }),
});
