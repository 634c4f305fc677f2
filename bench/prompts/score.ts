/** Compares a composition with what a request asks for. Strict: a dimension is right or wrong. */
import type { Composition } from '../../shared/workflow/composition.ts';

export const dimensions = ['trigger', 'schedule', 'order', 'branches', 'recipients', 'unsupported', 'valid'] as const;
export type Dimension = (typeof dimensions)[number];

export interface Expectation {
  trigger: string;
  cron?: string;
  /** Default UTC, the zone of the request. */
  timezone?: string;
  everyWeeks?: number;
  /** Kinds behind the trigger, in the order they were made: then before else. */
  order: string[];
  /** Port → kind of the step behind it; `test` = operator and value of the first rule. */
  branches?: Record<string, string>[];
  /** Per mail, in order: addresses, `contact` for the person of the data, `?` for one only the user knows; ` cc x`, ` bcc x` behind. */
  recipients?: string[];
  /** Subjects that must occur, in order. */
  subjects?: string[];
  /** Words that must be named as not possible; nothing else may be. */
  unsupported?: string[];
}

export interface Case {
  prompt: string;
  expect: Expectation;
}

/** Per dimension that applies: null when right, else what is wrong. */
export type Verdict = Partial<Record<Dimension, string | null>>;

export function judge(expect: Expectation, composition: Composition, problems: readonly string[]): Verdict {
  const [trigger] = composition.nodes;
  const verdict: Verdict = {
    trigger: same(expect.trigger, trigger?.kind ?? ''),
    order: same(
      expect.order.join(' '),
      composition.nodes
        .slice(1)
        .map((node) => node.kind)
        .join(' '),
    ),
    unsupported: unsupported(expect.unsupported ?? [], composition),
    valid: problems.length === 0 ? null : problems.join('; '),
  };
  if (expect.cron !== undefined) verdict.schedule = schedule(expect, trigger?.config ?? {});
  if (expect.branches) verdict.branches = branches(expect.branches, composition);
  if (expect.recipients) verdict.recipients = recipients(expect, composition);
  return verdict;
}

function same(expected: string, actual: string): string | null {
  return expected === actual ? null : `${actual || '(nothing)'} instead of ${expected || '(nothing)'}`;
}

function schedule(expect: Expectation, config: Record<string, unknown>): string | null {
  const wanted = `${expect.cron} ${expect.timezone ?? 'UTC'} ${expect.everyWeeks ?? 1}`;
  return same(wanted, `${String(config.cron)} ${String(config.timezone)} ${Number(config.everyWeeks ?? 1)}`);
}

function branches(expected: readonly Record<string, string>[], { nodes, edges }: Composition): string | null {
  const deciders = nodes.filter((node) => node.kind === 'condition' || node.kind === 'switch');
  if (deciders.length !== expected.length) return `${deciders.length} branches instead of ${expected.length}`;
  for (const [index, wanted] of expected.entries()) {
    const node = deciders[index];
    for (const [port, kind] of Object.entries(wanted)) {
      const target = edges.find((edge) => edge.source === node?.id && edge.sourcePort === port)?.target;
      const actual = port === 'test' ? testOf(node?.config ?? {}) : nodes.find((one) => one.id === target)?.kind;
      if (actual !== kind) return `${port}: ${actual ?? '(nothing)'} instead of ${kind}`;
    }
  }
  return null;
}

interface RuleLike {
  operator?: unknown;
  right?: unknown;
}

function testOf(config: Record<string, unknown>): string {
  const group = config.rules as { rules?: RuleLike[] } | undefined;
  const rule = group?.rules?.[0];
  return `${String(rule?.operator)} ${String(rule?.right)}`.trim();
}

function recipients(expect: Expectation, { nodes }: Composition): string | null {
  const mails = nodes.filter((node) => node.kind === 'email-send');
  const actual = mails.map(({ config }) => {
    const cc = config.cc ? ` cc ${who(config.cc)}` : '';
    const bcc = config.bcc ? ` bcc ${who(config.bcc)}` : '';
    return who(config.to) + cc + bcc;
  });
  const wrong = same((expect.recipients ?? []).join(' | '), actual.join(' | '));
  if (wrong !== null) return wrong;
  const subjects = mails.map(({ config }) => String(config.subject));
  const missing = (expect.subjects ?? []).find((subject) => !subjects.includes(subject));
  return missing === undefined ? null : `no subject “${missing}” (${subjects.join(', ')})`;
}

function who(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  if (text === '') return '?';
  return text.replace(/\{\{ trigger\.(?:\w+\.)?email \}\}/g, 'contact');
}

function unsupported(expected: readonly string[], composition: Composition): string | null {
  const named = composition.unsupported.map(({ text }) => text);
  const missing = expected.find((words) => !named.some((text) => text.toLowerCase().includes(words.toLowerCase())));
  if (missing !== undefined) return `“${missing}” is not named (${named.join(' / ') || 'nothing is'})`;
  return named.length > expected.length ? `too much: ${named.join(' / ')}` : null;
}
