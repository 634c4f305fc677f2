import { afterAll, describe, expect, test } from 'vitest';
import { itemPathOf, nodeOf } from '../../../shared/engine/address.ts';
import { simulate } from '../../../shared/engine/simulate.ts';
import { validate } from '../../../shared/engine/validate.ts';
import { templateCategories, type Template } from '../../../shared/api/templates.ts';
import type { FieldMeta } from '../../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { layoutGraph } from '../../../shared/workflow/layout.ts';
import { testDatabase } from '../../database/testing.ts';
import { loadCatalogue } from '../../nodes/registry.ts';
import { fillGraph } from './fill.ts';
import { loadShippedTemplates } from './shipped.ts';
import { approvals } from './testing-cases/approvals.ts';
import { campaigns } from './testing-cases/campaigns.ts';
import type { TemplateCase, TemplateCases } from './testing-cases/case.ts';
import { content } from './testing-cases/content.ts';
import { leads } from './testing-cases/leads.ts';
import { loops } from './testing-cases/loops.ts';
import { support } from './testing-cases/support.ts';
import { runBench, type Outcome } from './testing-runs.ts';
import { checkValues } from './values.ts';

const db = await testDatabase();
const registry = await loadCatalogue();
const { catalogue } = registry;
const bench = await runBench(db, registry);
afterAll(() => bench.close());
const cases: TemplateCases = { ...campaigns, ...content, ...support, ...leads, ...approvals, ...loops };
const shipped = [...(await loadShippedTemplates()).values()];

/** A Monday, so that schedules and dates in the cases are easy to follow. */
const now = new Date('2027-01-04T10:00:00Z');
/** No template may send these: they are expressions, placeholders and values that were never there. */
const leftovers = /\{\{|\}\}|\{%|%\}|\[\[|\]\]|\bundefined\b|\bnull\b|\bNaN\b|\[object/;

const examples: Record<Template['parameters'][number]['type'], (key: string) => string> = {
  text: (key) => (key === 'company' ? 'Acme' : `Example ${key}`),
  textarea: (key) => `Example ${key}`,
  email: (key) => `${key.replace(/_?email$/, '')}@example.com`,
  url: (key) => `https://example.com/${key}`,
  number: () => '3',
  time: () => '09:30',
  select: () => '',
};

function filled(template: Template, values: TemplateCase['values'] = {}): WorkflowGraph {
  const given = template.parameters.map(({ key, type, default: preset }) => {
    const value = values[key] ?? (preset || examples[type](key));
    return [key, value.replaceAll('WEB', bench.webUrl)];
  });
  return fillGraph(template, checkValues(template.parameters, Object.fromEntries(given)), (kind, field) => {
    const meta = catalogue.get(kind)?.config.shape[field]?.meta() as FieldMeta | undefined;
    return meta?.expression;
  });
}

function triggerOf(graph: WorkflowGraph) {
  return graph.nodes.find(({ kind }) => catalogue.get(kind)?.group === 'trigger')!;
}

function triggerOutput(kind: string, sent: Record<string, unknown>): unknown {
  if (kind === 'form') return { fields: sent, submittedAt: now.toISOString() };
  if (kind === 'webhook') return { method: 'POST', headers: {}, query: {}, body: sent };
  if (kind === 'schedule')
    return { scheduledAt: '2027-01-11T08:00:00Z', timezone: 'Europe/London', date: '2027-01-11', time: '08:00' };
  return sent;
}

test('there are at least four in each of the four areas, and all have cases', () => {
  for (const category of templateCategories.filter((one) => one !== 'own'))
    expect(shipped.filter((template) => template.category === category).length).toBeGreaterThanOrEqual(4);
  expect(Object.keys(cases).toSorted()).toEqual(shipped.map(({ id }) => id).toSorted());
});

/** Kinds that take another workflow. */
const needOthers = ['sub-workflow'];

test('they use every node kind that works by itself', () => {
  const used = new Set(shipped.flatMap(({ graph }) => graph.nodes.map(({ kind }) => kind)));
  expect(needOthers.filter((kind) => !catalogue.has(kind))).toEqual([]);
  expect([...catalogue.keys()].filter((kind) => !used.has(kind) && !needOthers.includes(kind))).toEqual([]);
});

describe.each(shipped)('$id', (template) => {
  test('is described in one sentence, found by keywords, drawn downwards and tidy', () => {
    expect(template.description).toMatch(/^[A-Z].{40,160}\.$/);
    expect(template.description.match(/\.(?:\s|$)/g)).toHaveLength(1);
    expect(template.keywords.length).toBeGreaterThanOrEqual(6);
    expect(template.parameters.length).toBeLessThanOrEqual(8);
    expect(template.graph.direction).toBe('down');
    for (const { title } of template.graph.nodes) expect(title).toMatch(/^.{3,24}$/);
    const places = Object.fromEntries(template.graph.nodes.map(({ id, position }) => [id, position]));
    expect(places, 'run: node ops/run.mjs ops/arrange-templates.ts').toEqual(
      Object.fromEntries(layoutGraph(template.graph)),
    );
  });

  test('is valid and previews without an error from its example data', () => {
    const graph = filled(template, cases[template.id]?.[0]?.values);
    expect(validate(graph, catalogue)).toEqual([]);
    const { steps } = simulate(graph, catalogue, { trigger: triggerOf(graph).id, now });
    expect(steps.filter(({ error, nodeId }) => error !== null && itemPathOf(nodeId) === '')).toEqual([]);
  });

  // An item may fail by itself; where its container goes on, so does the run.
  const reached = new Set<string>();
  test.each(cases[template.id] ?? [])('runs to its end: $name', async (one) => {
    const graph = filled(template, one.values);
    const trigger = triggerOf(graph);
    const output = triggerOutput(trigger.kind, one.sent);
    const { steps } = simulate(graph, catalogue, { trigger: trigger.id, payload: output, now });
    expect(steps.filter(({ error, nodeId }) => error !== null && itemPathOf(nodeId) === '')).toEqual([]);

    const outcome = await bench.run(graph, {
      trigger: trigger.id,
      output,
      now,
      ai: one.ai ?? 'builtin',
      decides: one.decides,
    });
    expect(outcome).toMatchObject({ status: 'done', error: null });
    expect(bench.failures).toEqual([]);
    expect(inWords(outcome)).toEqual(one.mails);
    for (const mail of outcome.mails) {
      expect(mail.text.trim().length).toBeGreaterThan(40);
      expect(`${mail.subject}\n${mail.text}\n${mail.html ?? ''}`).not.toMatch(leftovers);
    }
    const all = outcome.mails.map(({ text }) => text).join('\n');
    for (const piece of one.says ?? []) expect(all).toContain(piece);
    for (const piece of one.neverSays ?? []) expect(all).not.toContain(piece);
    if (one.waits) expect(waitsOf(outcome)).toEqual(one.waits);
    expect(outcome.answer?.status).toBe(one.answer);
    if (one.result) expect(outcome.result).toEqual(one.result);
    for (const event of outcome.events) if (event.type === 'step.started') reached.add(nodeOf(event.node));
  });

  test('its cases reach every step', () => {
    const steps = template.graph.nodes.filter(({ id }) => id !== triggerOf(template.graph).id).map(({ id }) => id);
    expect(steps.filter((id) => !reached.has(id))).toEqual([]);
  });
});

/** Mails between two waits may arrive in any order, for branches run side by side. */
function inWords({ mails }: Outcome): string[] {
  const bursts = Map.groupBy(mails, ({ turn }) => turn);
  return [...bursts.values()].flatMap((burst) =>
    burst.map(({ envelope, subject }) => `${envelope.toSorted().join(', ')}: ${subject}`).toSorted(),
  );
}

function waitsOf({ events }: Outcome): string[] {
  return events.flatMap((event) =>
    event.type === 'step.waiting' && event.wait.at !== null ? [new Date(event.wait.at).toISOString()] : [],
  );
}
