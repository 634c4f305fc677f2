import type { Preview } from '../../shared/api/runs.ts';
import type { Workflow } from '../../shared/api/workflows.ts';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import type { RunSummary } from '../../shared/workflow/run.ts';
import { allRunsEnded, lineOf, publish, type Account } from './account.ts';

export interface Furniture {
  /** A published webhook workflow with branches. */
  workflowId: string;
  doneRunId: string;
  failedRunId: string;
  /** The public form of a published workflow. */
  formUrl: string;
}

/** A workspace as it is after a while: workflows, live and draft, runs that ended well and badly, mails. */
export async function furnish(person: Account): Promise<Furniture> {
  const { workflow, urls } = await publish(person, 'Answer new leads', leads);
  const form = await publish(person, 'Contact form', contact);
  await person.api('POST', '/workflows', { name: 'Monday newsletter', graph: newsletter });
  const broken = await person.api<Workflow>('POST', '/workflows', { name: 'Sync orders', graph: orders });
  for (const body of [
    { name: 'Grace Hopper', budget: 9_000 },
    { name: 'Alan Turing', budget: 300 },
  ]) {
    await fetch(urls.webhook_1!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, email: `${body.name.split(' ')[0]!.toLowerCase()}@example.com` }),
    });
  }
  const failed = await person.api<RunSummary>('POST', `/workflows/${broken.id}/runs`, {});
  const runs = await allRunsEnded(person, 3, 60_000);
  const done = runs.find((run) => run.workflowId === workflow.id && run.status === 'done');
  if (!done) throw new Error(`no run ended well: ${JSON.stringify(runs.map(({ error }) => error))}`);
  await person.api<Preview>('POST', `/workflows/${workflow.id}/previews`, { revision: workflow.revision });
  return { workflowId: workflow.id, doneRunId: done.id, failedRunId: failed.id, formUrl: form.urls.form_1! };
}

const steps = lineOf(
  ['webhook_1', 'webhook', {}, { title: 'A lead arrives', position: { x: 140, y: 0 } }],
  [
    'ai_generate_1',
    'ai-generate',
    { provider: 'auto', prompt: 'Write a friendly answer to {{ trigger.body.name }}, who asks for an offer.' },
    { title: 'Write an answer', position: { x: 140, y: 120 } },
  ],
  [
    'condition_1',
    'condition',
    {
      rules: {
        combinator: 'and',
        rules: [{ left: '{{ trigger.body.budget }}', operator: 'greater', right: '5000' }],
      },
    },
    { title: 'Large budget?', position: { x: 140, y: 240 } },
  ],
);

const leads = {
  ...steps,
  nodes: [
    ...steps.nodes,
    mailStep(
      'email_send_1',
      'Tell sales',
      { x: 0, y: 380 },
      {
        to: 'sales@example.com',
        subject: 'Large lead: {{ trigger.body.name }}',
        format: 'html',
        html: '<h2>{{ trigger.body.name }}</h2><p>has a budget of <strong>{{ trigger.body.budget }} €</strong>. Call today.</p>',
      },
    ),
    mailStep(
      'email_send_2',
      'Answer the lead',
      { x: 280, y: 380 },
      {
        to: '{{ trigger.body.email }}',
        subject: 'Your enquiry',
        format: 'text',
        text: '{{ steps.ai_generate_1.text }}',
      },
    ),
  ],
  edges: [
    ...steps.edges,
    edgeBetween('condition_1', 'email_send_1', 'true'),
    edgeBetween('condition_1', 'email_send_2', 'false'),
  ],
};

function mailStep(id: string, title: string, position: { x: number; y: number }, config: Record<string, unknown>) {
  return { id, kind: 'email-send', version: 1, title, config, position };
}

const contact = lineOf(
  [
    'form_1',
    'form',
    {
      title: 'Contact us',
      description: 'Tell us what you need. We answer by mail.',
      fields: [
        { name: 'name', label: 'Your name', type: 'text', required: true, options: [] },
        { name: 'email', label: 'E-mail', type: 'email', required: true, options: [] },
        { name: 'message', label: 'What can we do for you?', type: 'textarea', required: true, options: [] },
      ],
      submitLabel: 'Send',
      thanks: 'Thank you! Our answer is on its way.',
    },
    { title: 'Contact form' },
  ],
  [
    'email_send_1',
    'email-send',
    { to: '{{ trigger.fields.email }}', subject: 'Thank you', format: 'text', text: 'Hello {{ trigger.fields.name }}' },
    { title: 'Say thank you' },
  ],
);

const newsletter = lineOf(
  [
    'schedule_1',
    'schedule',
    { cron: '0 8 * * 1', timezone: 'Europe/Berlin', missed: 'one' },
    { title: 'Every Monday at 8' },
  ],
  [
    'ai_generate_1',
    'ai-generate',
    { provider: 'auto', prompt: 'Write a short newsletter about our product news' },
    { title: 'Write the newsletter' },
  ],
  [
    'email_send_1',
    'email-send',
    { to: 'team@example.com', subject: 'Product news', format: 'text', text: '{{ steps.ai_generate_1.text }}' },
    { title: 'Mail the team' },
  ],
);

const orders = lineOf(
  ['manual_1', 'manual', {}, { title: 'Start by hand' }],
  [
    'http_request_1',
    'http-request',
    { method: 'GET', url: 'https://shop.example.invalid/orders' },
    { title: 'Fetch the orders' },
  ],
  ['set_1', 'set', { fields: [{ name: 'count', value: '{{ input.body | size }}' }] }, { title: 'Count them' }],
);
