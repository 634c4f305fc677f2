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
function callStep(url: string, id: string, address = id): Step {
  const body = `{{ run.id }}/${address}`;
  return [id, 'http-request', { method: 'POST', url, bodyType: 'text', body, timeoutMs: 5_000 }, { retry }];
}

function mailStep(id: string, onUnknown: 'repeat' | 'ask', address = id): Step {
  const config = {
    to: `${id}@example.com`,
    subject: `{{ run.id }}/${address}`,
    format: 'text',
    text: 'Hello {{ trigger.body.n }}',
  };
  return [id, 'email-send', config, { retry, onUnknown, timeoutMs: 4_000 }];
}

const webhook: Step = ['webhook_1', 'webhook', {}];
const set: Step = ['set_1', 'set', { fields: [{ name: 'doubled', value: '{{ trigger.body.n | times: 2 }}' }] }];
const condition: Step = [
  'condition_1',
  'condition',
  { rules: { combinator: 'and', rules: [{ left: '{{ trigger.body.n }}', operator: 'greater_equal', right: '0' }] } },
];

/** The way on from a condition is its port “true”, that from an approval “approved”. */
function alongPorts(graph: WorkflowGraph): WorkflowGraph {
  const edges = graph.edges.map((edge) => {
    const port = edge.source === 'condition_1' ? 'true' : edge.source === 'approval_1' ? 'approved' : edge.sourcePort;
    return { ...edge, sourcePort: port };
  });
  return { ...graph, edges };
}

/** Steps one after the other inside a container, for each item of the webhook's list. */
function loopOver(...steps: Step[]): WorkflowGraph {
  const loop: Step = [
    'loop_1',
    'for-each',
    { items: '{{ trigger.body.items }}', concurrency: 3, onItemError: 'continue' },
  ];
  const { nodes, edges } = lineOf(webhook, loop, ...steps);
  const inside = new Set(steps.map(([id]) => id));
  return {
    direction: 'down',
    nodes: nodes.map((node) => (inside.has(node.id) ? { ...node, parent: 'loop_1' } : node)),
    edges: edges.map((edge) => (edge.source === 'loop_1' ? { ...edge, sourcePort: 'each' } : edge)),
  };
}

/** Makes and publishes them in the workspace of `account`. */
export async function publishWorkflows(account: Account, callUrl: string): Promise<Published> {
  const make = (name: string, graph: WorkflowGraph) => publish(account, name, graph);
  const called = await make(
    'Called',
    lineOf(
      ['called_1', 'called', {}],
      ['delay_2', 'delay', { amount: 0.2, unit: 'seconds' }],
      callStep(callUrl, 'call_called'),
    ),
  );
  const lines = hooksOf(callUrl, called.workflow.id);
  const hooks: Published['hooks'] = [];
  for (const { name, weight, graph } of lines) {
    const { urls } = await make(name, graph);
    hooks.push({ name, weight, path: new URL(urls.webhook_1!).pathname });
  }
  // So far ahead that only the test makes it due.
  const scheduled = await make(
    'Scheduled',
    lineOf(
      ['schedule_1', 'schedule', { cron: '0 0 1 1 *', timezone: 'UTC', missed: 'all' }],
      callStep(callUrl, 'call_scheduled'),
    ),
  );
  const graphs = [called, scheduled].map(({ workflow }) => workflow.graph).concat(lines.map(({ graph }) => graph));
  const ofKind = (kind: string): Set<string> =>
    new Set(graphs.flatMap(({ nodes }) => nodes.filter((node) => node.kind === kind).map((node) => node.id)));
  return {
    hooks,
    scheduledId: scheduled.workflow.id,
    callNodes: ofKind('http-request'),
    mailNodes: ofKind('email-send'),
  };
}

function hooksOf(callUrl: string, calledId: string): { name: string; weight: number; graph: WorkflowGraph }[] {
  const answers: Step = ['respond_1', 'respond', { body: '{ "runId": "{{ run.id }}" }' }];
  const line = (...steps: Step[]): WorkflowGraph => alongPorts(lineOf(webhook, ...steps));
  return [
    { name: 'Answered at once', weight: 6, graph: line(condition, set, callStep(callUrl, 'call_answered'), answers) },
    {
      name: 'Handed on',
      weight: 4,
      graph: line(condition, set, callStep(callUrl, 'call_1'), callStep(callUrl, 'call_2')),
    },
    {
      name: 'Campaign',
      weight: 2,
      graph: line(mailStep('mail_1', 'repeat'), mailStep('mail_2', 'repeat'), mailStep('mail_3', 'ask')),
    },
    {
      name: 'Campaign over a list',
      weight: 1,
      graph: loopOver(mailStep('mail_4', 'repeat', 'loop_1[{{ index }}]/mail_4')),
    },
    {
      name: 'Waits',
      weight: 3,
      graph: line(
        ['delay_1', 'delay', { amount: 0.3, unit: 'seconds' }],
        ['approval_1', 'approval', { title: 'Go on?', payload: '{{ trigger.body.n }}', timeout: 0 }],
        ['sub_1', 'sub-workflow', { workflowId: calledId, input: '{{ trigger.body }}', mode: 'wait' }],
        callStep(callUrl, 'call_waited'),
      ),
    },
    {
      name: 'Waits in a loop',
      weight: 1,
      graph: loopOver(
        callStep(callUrl, 'call_3', 'loop_1[{{ index }}]/call_3'),
        ['delay_3', 'delay', { amount: 0.1, unit: 'seconds' }],
        callStep(callUrl, 'call_4', 'loop_1[{{ index }}]/call_4'),
      ),
    },
    {
      name: 'Pays',
      weight: 1,
      graph: line(['ai_1', 'ai-generate', { provider: 'openai', prompt: 'Write {{ trigger.body.n }}' }], set),
    },
  ];
}
