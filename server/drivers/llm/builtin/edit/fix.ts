/** A failed run: what went wrong in plain words, and, where the workflow can be mended by a rule, how. English or German; deterministic. */
import { closest } from '../../../../../shared/engine/closest.ts';
import type { NodeCatalogue } from '../../../../../shared/nodes/contract.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { fixWords } from './fix-words.ts';
import type { FixWords } from './fix-words.ts';
import { retryDelayMs } from './failing.ts';
import { withNode } from './surgery.ts';

export interface FixRequest {
  graph: WorkflowGraph;
  failure: {
    nodeId: string;
    title: string;
    error: { code: string; message: string; details?: Record<string, unknown> | undefined };
    input: unknown;
    trigger: unknown;
    steps: Readonly<Record<string, unknown>>;
  };
  catalogue: NodeCatalogue;
  language: string;
  hasModel: boolean;
}

export interface BuiltinFix {
  graph: WorkflowGraph;
  text: string;
  assumptions: string[];
  unsupported: never[];
}

interface Looking extends FixRequest {
  node: WorkflowNode;
  words: FixWords;
}

/** A mended step, and what is said about it; or only words, where nobody but a person can do something. */
type Remedy = { node: WorkflowNode; said: string } | { said: string };

const rules: readonly ((looking: Looking) => Remedy | undefined)[] = [
  mendFilter,
  mendAddress,
  mendPaths,
  chooseProvider,
  tryAgain,
  sayWhatToDo,
];

export function fixGraph(request: FixRequest): BuiltinFix {
  const { graph, failure, language } = request;
  const words = language === 'de' ? fixWords.de : fixWords.en;
  const what = words.failed(failure.title, failure.error.message);
  const node = graph.nodes.find(({ id }) => id === failure.nodeId);
  const only = (said: string): BuiltinFix => ({ graph, text: `${what} ${said}`, assumptions: [], unsupported: [] });
  if (node === undefined) return only(words.goneStep);
  for (const rule of rules) {
    const remedy = rule({ ...request, node, words });
    if (remedy === undefined) continue;
    if (!('node' in remedy)) return only(remedy.said);
    return { ...only(remedy.said), graph: withNode(graph, node.id, () => remedy.node) };
  }
  return only(words.unknown);
}

/** "There is no filter “upcse”. Did you mean “upcase”?" */
function mendFilter({ node, failure, words }: Looking): Remedy | undefined {
  const match = /no (?:filter|tag) “([^”]+)”\. Did you mean “([^”]+)”/.exec(failure.error.message);
  const [, wrong, right] = match ?? [];
  if (!wrong || !right) return undefined;
  const config = mapTexts(node.config, (text) =>
    text.replaceAll(new RegExp(`(\\|\\s*|\\{%-?\\s*)${escaped(wrong)}(?!\\w)`, 'g'), `$1${right}`),
  );
  return same(config, node.config) ? undefined : { node: { ...node, config }, said: words.filter(wrong, right) };
}

const addressFields: ReadonlySet<string> = new Set(['to', 'cc', 'bcc', 'from', 'replyTo', 'approvers']);
const address = /^[^\s@<>,;"]+@(?:[\w-]+\.)+[a-z]{2,24}$/i;

/** An address that is written wrongly, or an expression that gives none while the data has one elsewhere. */
function mendAddress(looking: Looking): Remedy | undefined {
  const { node, failure, words } = looking;
  const named = failure.error.details?.['field'];
  const field = typeof named === 'string' ? named : '';
  const raw = node.config[field];
  if (failure.error.code !== 'bad_request' || !addressFields.has(field) || typeof raw !== 'string') return undefined;
  if (!raw.includes('{{')) {
    const mended = raw
      .split(/[,;]/)
      .map(mendedAddress)
      .filter((part) => part !== '')
      .join(', ');
    const right = mended !== '' && mended !== raw && mended.split(', ').every((one) => address.test(one));
    return right
      ? { node: { ...node, config: { ...node.config, [field]: mended } }, said: words.address(raw, mended) }
      : { said: words.checkAddress(raw) };
  }
  const paths = pathsIn(raw);
  const wanted = paths[0]?.at(-1) ?? 'email';
  const known = [...leaves('trigger', failure.trigger), ...leaves('input', failure.input)].filter(({ value }) =>
    address.test(value),
  );
  const names = known.map(({ path }) => path.split('.').at(-1)!);
  const near = closest(wanted, names);
  const found =
    known.find(({ path }) => path.split('.').at(-1) === near) ??
    (known.length === 1 || new Set(known.map(({ value }) => value)).size === 1 ? known[0] : undefined);
  if (found === undefined) return { said: words.noAddress(raw) };
  const expression = `{{ ${found.path} }}`;
  return {
    node: { ...node, config: { ...node.config, [field]: expression } },
    said: words.path(raw.trim(), expression),
  };
}

function mendedAddress(text: string): string {
  return text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\s*(?:\(at\)|\[at\]|\sat\s)\s*/i, '@')
    .replace(/\s*(?:\(dot\)|\[dot\]|\[punkt\])\s*/gi, '.')
    .replace(/\s*@\s*/, '@')
    .replace(/@{2,}/g, '@')
    .replace(/\.{2,}/g, '.')
    .replace(/\s+(?=\S+@)|(?<=@\S*)\s+/g, '')
    .replace(/\.(?:con|cmo|comm)$/i, '.com')
    .replace(/[.\s]+$/, '');
}

/** `{{ trigger.body.emial }}` where the data has `email`; `{{ trigger.email }}` where it is in the body. */
function mendPaths({ node, failure, words }: Looking): Remedy | undefined {
  const { code } = failure.error;
  if (code !== 'bad_request' && code !== 'expression' && code !== 'mail_rejected') return undefined;
  const scope: Record<string, unknown> = { trigger: failure.trigger, input: failure.input, steps: failure.steps };
  const mended: [string, string][] = [];
  const config = mapTexts(node.config, (text) =>
    text.replace(/(\{\{-?\s*)((?:trigger|input|steps)(?:\.[A-Za-z_]\w*)+)/g, (whole, lead: string, path: string) => {
      const right = mendedPath(path, scope);
      if (right === undefined || right === path) return whole;
      mended.push([path, right]);
      return `${lead}${right}`;
    }),
  );
  if (mended.length === 0) return undefined;
  return {
    node: { ...node, config },
    said: mended.map(([from, to]) => words.path(`{{ ${from} }}`, `{{ ${to} }}`)).join(' '),
  };
}

/** The path that was most likely meant; undefined when this one leads somewhere, or nothing is near. */
function mendedPath(path: string, scope: Readonly<Record<string, unknown>>): string | undefined {
  const keys = path.split('.');
  let at: unknown = scope;
  for (const [index, key] of keys.entries()) {
    if (!isRecord(at)) return elsewhere(keys, scope);
    if (Object.hasOwn(at, key)) {
      at = at[key];
      continue;
    }
    const near = closest(key, Object.keys(at));
    if (near !== undefined)
      return (
        mendedPath([...keys.slice(0, index), near, ...keys.slice(index + 1)].join('.'), scope) ??
        [...keys.slice(0, index), near, ...keys.slice(index + 1)].join('.')
      );
    return elsewhere(keys, scope);
  }
  return undefined;
}

/** The same name somewhere else in what arrived. */
function elsewhere(keys: readonly string[], scope: Readonly<Record<string, unknown>>): string | undefined {
  const name = keys.at(-1)!;
  const found = ['trigger', 'input']
    .flatMap((root) => leaves(root, scope[root]))
    .filter(({ path }) => path.endsWith(`.${name}`));
  return found.length > 0 ? found[0]!.path : undefined;
}

function chooseProvider({ node, failure, hasModel, words }: Looking): Remedy | undefined {
  if (failure.error.code !== 'needs_model') return undefined;
  if (!hasModel || node.config['provider'] === 'auto') return { said: words.noModel };
  return { node: { ...node, config: { ...node.config, provider: 'auto', model: '' } }, said: words.model };
}

const passing: ReadonlySet<string> = new Set(['provider_unavailable', 'mail_unreachable', 'rate_limited', 'timeout']);

/** What may go well the next time is tried again; what took too long gets more time. */
function tryAgain({ node, failure, words }: Looking): Remedy | undefined {
  const { code, details, message } = failure.error;
  const status = Number(details?.['status'] ?? 0);
  const unreachable = code === 'http_failed' && status === 0 && /cannot be called|timed? ?out/i.test(message);
  if (!passing.has(code) && !(code === 'http_failed' && (status >= 500 || status === 429)) && !unreachable)
    return undefined;
  const attempts = Math.min(20, Math.max(5, (node.retry?.attempts ?? 1) + 2));
  if (node.retry !== undefined && node.retry.attempts >= 5) return { said: words.stillDown };
  const retry = { attempts, delayMs: Math.max(node.retry?.delayMs ?? 0, retryDelayMs), factor: 2 };
  const slow = code === 'timeout' && typeof node.config['timeoutMs'] === 'number';
  const config = slow
    ? { ...node.config, timeoutMs: Math.min(300_000, Number(node.config['timeoutMs']) * 2) }
    : node.config;
  return { node: { ...node, retry, config }, said: slow ? words.longer(attempts) : words.retry(attempts) };
}

function sayWhatToDo({ failure, words }: Looking): Remedy | undefined {
  const said = words.advice[failure.error.code];
  if (said === undefined) return undefined;
  const status = Number(failure.error.details?.['status'] ?? 0);
  return { said: failure.error.code === 'http_failed' && status >= 400 ? words.refused(status) : said };
}

function pathsIn(text: string): string[][] {
  return [...text.matchAll(/\{\{-?\s*([A-Za-z_][\w.]*)/g)].map((match) => match[1]!.split('.'));
}

/** Texts in data with the path that leads to each; lists are not gone into. At most 500. */
function leaves(root: string, value: unknown): { path: string; value: string }[] {
  const found: { path: string; value: string }[] = [];
  const open: [string, unknown, number][] = [[root, value, 0]];
  for (const [path, at, depth] of open) {
    if (typeof at === 'string') found.push({ path, value: at.trim() });
    else if (isRecord(at) && depth < 6 && open.length < 500)
      for (const [key, inner] of Object.entries(at))
        if (/^[A-Za-z_]\w*$/.test(key)) open.push([`${path}.${key}`, inner, depth + 1]);
  }
  return found;
}

function mapTexts(config: Record<string, unknown>, change: (text: string) => string): Record<string, unknown> {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(walk);
    return isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
      : value;
  };
  return walk(config) as Record<string, unknown>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
