import { lineOf } from '../../e2e/support/account.ts';
import { edgeBetween, type WorkflowGraph } from '../../shared/workflow/graph.ts';

/** A published webhook workflow and what is sent to it. All but the busy one answer with 200 from their last step. */
export interface Workload {
  name: string;
  /** For the table. */
  words: string;
  graph(sinks: { aiUrl: string }): WorkflowGraph;
  body: string;
}

type Line = [id: string, kind: string, config: Record<string, unknown>];

const lead = JSON.stringify({ name: 'Ada Lovelace', email: 'ada@example.com', amount: 250, items: ['a', 'b', 'c'] });
const webhook: Line = ['webhook_1', 'webhook', {}];
const respondOk: Line = ['respond_1', 'respond', { body: '{"ok":true}' }];

export const workloads: readonly Workload[] = [
  { name: 'W1', words: 'condition, set', graph: conditionGraph, body: lead },
  { name: 'W2', words: 'ten sets', graph: setsGraph, body: lead },
  { name: 'W3', words: 'a mail', graph: mailGraph, body: lead },
  { name: 'W4', words: 'an AI of 20 ms', graph: aiGraph, body: lead },
];

/** Its own bench: a list of 1,000 to a loop. */
export const loopWorkload: Workload = {
  name: 'W5',
  words: 'set for each of 1,000',
  graph: loopGraph,
  body: JSON.stringify({ items: Array.from({ length: 1_000 }, (_, i) => ({ id: i, v: i })) }),
};

/** Its own bench: runs that nobody waits for, and that only compute. */
export const busyWorkload: Workload = { name: 'Busy', words: 'sixty loops of Liquid', graph: busyGraph, body: '{}' };

function conditionGraph(): WorkflowGraph {
  const rules = {
    combinator: 'and',
    rules: [{ left: '{{ trigger.body.amount }}', operator: 'greater', right: '100' }],
  };
  const fields = [
    { name: 'total', value: '{{ trigger.body.amount }}' },
    { name: 'who', value: '{{ trigger.body.name }}' },
  ];
  const graph = lineOf(
    webhook,
    ['condition_1', 'condition', { rules }],
    ['set_1', 'set', { fields }],
    ['respond_1', 'respond', { body: '{"ok":true,"who":{{ steps.set_1.who | json }}}' }],
  );
  graph.edges[1] = edgeBetween('condition_1', 'set_1', 'true');
  return graph;
}

function setsGraph(): WorkflowGraph {
  const sets = Array.from({ length: 10 }, (_, i): Line => [
    `set_${i + 1}`,
    'set',
    { fields: [{ name: `f${i}`, value: '{{ trigger.body.name }}' }] },
  ]);
  return lineOf(webhook, ...sets, respondOk);
}

function mailGraph(): WorkflowGraph {
  const mail = {
    to: '{{ trigger.body.email }}',
    subject: 'Hello {{ trigger.body.name }}',
    format: 'text',
    text: 'Dear {{ trigger.body.name }},\n\nthank you for your order of {{ trigger.body.amount }}.',
  };
  return lineOf(webhook, ['email_send_1', 'email-send', mail], respondOk);
}

function aiGraph({ aiUrl }: { aiUrl: string }): WorkflowGraph {
  const call = {
    method: 'POST',
    url: aiUrl,
    bodyType: 'json',
    body: '{"model":"stand-in","messages":[{"role":"user","content":{{ trigger.body.name | json }}}]}',
  };
  return lineOf(webhook, ['http_request_1', 'http-request', call], respondOk);
}

function loopGraph(): WorkflowGraph {
  const graph = lineOf(
    webhook,
    ['for_each_1', 'for-each', { items: '{{ trigger.body.items }}' }],
    ['respond_1', 'respond', { body: '{{ steps.for_each_1.results | json }}' }],
  );
  const set = {
    id: 'set_1',
    kind: 'set',
    version: 1,
    title: 'set_1',
    parent: 'for_each_1',
    position: { x: 0, y: 0 },
    config: { fields: [{ name: 'doubled', value: '{{ item.v | times: 2 }}' }] },
  };
  graph.nodes.push(set);
  graph.edges[1] = edgeBetween('for_each_1', 'respond_1', 'done');
  graph.edges.push(edgeBetween('for_each_1', 'set_1', 'each'));
  return graph;
}

/** Steps that count: work for a processor, and next to nothing for the database. */
function busyGraph(): WorkflowGraph {
  const value = '{% for i in (1..100) %}{{ i | times: 7 | modulo: 5 }}{% endfor %}';
  const counts = Array.from({ length: 60 }, (_, i): Line => [
    `count_${i}`,
    'set',
    { fields: [{ name: 'n', value }], keepInput: false },
  ]);
  return lineOf(webhook, ...counts);
}
