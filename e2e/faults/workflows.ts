import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { lineOf, publish, type Account } from '../support/account.ts';

/** The published workflows that are run under faults. */
export interface Published {
  /** Name and path of each webhook, and how often it is called. */
  hooks: { name: string; path: string; weight: number }[];
  /** The workflow that only its schedule starts. */
  scheduledId: string;
  /** Ids of steps that reach the outside: calls and mails. */
  callNodes: ReadonlySet<string>;
  mailNodes: ReadonlySet<string>;
}

type Step = Parameters<typeof lineOf>[0];

const retry = { attempts: 12, delayMs: 200, factor: 1.4 };

/** A call whose body names the effect by the run and the step, so that a repeat under another key would be seen. */
function callStep(url: string, id: string): Step {
  const body = `{{ run.id }}/${id}`;
  return [id, 'http-request', { method: 'POST', url, bodyType: 'text', body, timeoutMs: 5_000 }, { retry }];
}

function mailStep(id: string, onUnknown: 'repeat' | 'ask'): Step {
  const config = {
    to: `${id}@example.com`,
    subject: `{{ run.id }}/${id}`,
    format: 'text',
    text: 'Hello {{ trigger.body.n }}',
  };
  return [id, 'email-send', config, { retry, onUnknown, timeoutMs: 4_000 }];
}

const set: Step = ['set_1', 'set', { fields: [{ name: 'doubled', value: '{{ trigger.body.n | times: 2 }}' }] }];
const condition: Step = [
  'condition_1',
  'condition',
  { rules: { combinator: 'and', rules: [{ left: '{{ trigger.body.n }}', operator: 'greater_equal', right: '0' }] } },
];

/** A condition's way on is its port “true”. */
function alongTrue(graph: WorkflowGraph): WorkflowGraph {
  const edges = graph.edges.map((edge) => {
    const port = edge.source === 'condition_1' ? 'true' : edge.source === 'approval_1' ? 'approved' : edge.sourcePort;
    return { ...edge, sourcePort: port };
  });
  return { ...graph, edges };
}

/** Makes and publishes them in the workspace of `account`. */
export async function publishWorkflows(account: Account, callUrl: string): Promise<Published> {
  const webhook: Step = ['webhook_1', 'webhook', {}];
  const make = async (name: string, ...steps: Step[]) => publish(account, name, alongTrue(lineOf(...steps)));

  const called = await make(
    'Called',
    ['called_1', 'called', {}],
    ['delay_2', 'delay', { amount: 0.2, unit: 'seconds' }],
    callStep(callUrl, 'call_called'),
  );
  const answers: Step = ['respond_1', 'respond', { body: '{ "runId": "{{ run.id }}" }' }];
  const lines: [name: string, weight: number, steps: Step[]][] = [
    ['Answered at once', 6, [webhook, condition, set, callStep(callUrl, 'call_answered'), answers]],
    ['Handed on', 4, [webhook, condition, set, callStep(callUrl, 'call_1'), callStep(callUrl, 'call_2')]],
    ['Campaign', 3, [webhook, mailStep('mail_1', 'repeat'), mailStep('mail_2', 'repeat'), mailStep('mail_3', 'ask')]],
    [
      'Waits',
      3,
      [
        webhook,
        ['delay_1', 'delay', { amount: 0.3, unit: 'seconds' }],
        ['approval_1', 'approval', { title: 'Go on?', payload: '{{ trigger.body.n }}', timeout: 0 }],
        ['sub_1', 'sub-workflow', { workflowId: called.workflow.id, input: '{{ trigger.body }}', mode: 'wait' }],
        callStep(callUrl, 'call_waited'),
      ],
    ],
    ['Pays', 1, [webhook, ['ai_1', 'ai-generate', { provider: 'openai', prompt: 'Write {{ trigger.body.n }}' }], set]],
  ];
  const hooks: Published['hooks'] = [];
  for (const [name, weight, steps] of lines) {
    const { urls } = await make(name, ...steps);
    hooks.push({ name, weight, path: new URL(urls.webhook_1!).pathname });
  }
  // So far ahead that only the test makes it due.
  const scheduled = await make(
    'Scheduled',
    ['schedule_1', 'schedule', { cron: '0 0 1 1 *', timezone: 'UTC', missed: 'all' }],
    callStep(callUrl, 'call_scheduled'),
  );
  const all = [called, scheduled]
    .map(({ workflow }) => workflow.graph)
    .concat(lines.map(([, , steps]) => lineOf(...steps)));
  const ofKind = (kind: string): Set<string> =>
    new Set(all.flatMap(({ nodes }) => nodes.filter((node) => node.kind === kind).map((node) => node.id)));
  return {
    hooks,
    scheduledId: scheduled.workflow.id,
    callNodes: ofKind('http-request'),
    mailNodes: ofKind('email-send'),
  };
}
