/** The outline → nodes and edges. */
import { addAiStep } from './ai-steps.ts';
import { addApproval, approvalBefore } from './approvals.ts';
import { decide } from './branches.ts';
import { fork, textOf } from './graph.ts';
import type { GraphBuilder, Head, Path } from './graph.ts';
import { addMailStep } from './mail-steps.ts';
import type { Block, Branch } from './outline.ts';
import type { Action } from './parts.ts';
import { capital, shorten } from './text.ts';

/** More steps than that are not made from one request. */
export const stepLimit = 60;

export function assemble(builder: GraphBuilder, path: Path, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (builder.nodes.length >= stepLimit) {
      builder.assume(builder.wording.assume.stepLimit(stepLimit));
      return;
    }
    if (path.heads.length === 0) return;
    if (block.type === 'branch') addBranch(builder, path, block);
    else if (block.parallel && path.before !== path.heads) addParallel(builder, path, block);
    else addAction(builder, path, block);
  }
}

/** A step beside the last one: both start at the same place, and what follows waits for both. */
function addParallel(builder: GraphBuilder, path: Path, action: Action): void {
  const others = path.heads;
  path.heads = path.before;
  addAction(builder, path, action);
  path.heads = [...others, ...path.heads];
}

function addAction(builder: GraphBuilder, path: Path, action: Action): void {
  const { titles, assume } = builder.wording;
  switch (action.type) {
    case 'ai':
      addAiStep(builder, path, action);
      return;
    case 'mail':
      addMailStep(builder, path, action);
      return;
    case 'delay':
      builder.append(path, 'delay', titles.wait(action.delay.amount, action.delay.unit), {
        mode: 'for',
        ...action.delay,
      });
      return;
    case 'until':
      builder.assume(assume.until(action.when));
      builder.append(path, 'delay', titles.waitUntil(action.when), { mode: 'until', until: '' });
      return;
    case 'http':
      addHttp(builder, path, action);
      return;
    case 'set':
      builder.append(path, 'set', titles.set(action.fields.map((field) => field.name).join(', ')), {
        fields: action.fields,
        keepInput: true,
      });
      return;
    case 'approval':
      addApproval(builder, path, action.approver);
      return;
    case 'merge':
      builder.append(path, 'merge', titles.merge, { mode: 'all', shape: 'object' });
      return;
    case 'respond':
      addRespond(builder, path, action);
      return;
    case 'stop':
      builder.append(path, 'stop', titles.stop, { status: action.failed ? 'failed' : 'done', message: action.message });
      path.heads = [];
      return;
  }
}

function addHttp(builder: GraphBuilder, path: Path, action: Action & { type: 'http' }): void {
  if (action.url === '') builder.assume(builder.wording.assume.urlMissing(action.words));
  const host = /^https?:\/\/([^/?#]+)/.exec(action.url)?.[1] ?? shorten(action.words, 30);
  const sends = action.method !== 'GET' && action.method !== 'DELETE';
  const body = sends ? jsonBody(builder, path) : '';
  path.http = builder.append(path, 'http-request', builder.wording.titles.http(host), {
    method: action.method,
    url: action.url,
    bodyType: sends ? 'json' : 'none',
    ...(sends ? { body } : {}),
  });
}

function jsonBody(builder: GraphBuilder, path: Path): string {
  if (path.structured) return `{{ steps.${path.structured.node}.data | json }}`;
  if (path.text) return `{ "text": {{ ${textOf(path.text)} | json }} }`;
  switch (builder.trigger.kind) {
    case 'form':
      return '{{ trigger.fields | json }}';
    case 'webhook':
    case 'mail':
      return '{{ trigger.body | json }}';
    case 'manual':
    case 'schedule':
      return '{{ trigger | json }}';
  }
}

function addRespond(builder: GraphBuilder, path: Path, action: Action & { type: 'respond' }): void {
  const isJson = action.body === undefined || /^\s*[{[]/.test(action.body);
  const own = path.structured
    ? `{{ steps.${path.structured.node}.data | json }}`
    : path.text
      ? `{ "text": {{ ${textOf(path.text)} | json }} }`
      : '{ "ok": true }';
  builder.append(path, 'respond', builder.wording.titles.respond, {
    status: action.status,
    bodyType: isJson ? 'json' : 'text',
    body: action.body ?? own,
  });
}

/** The arms of an approval are its own outputs. Where nothing was said for a no, nothing follows it. */
function addDecided(builder: GraphBuilder, path: Path, branch: Branch): void {
  const [arm] = branch.arms;
  const node = approvalBefore(path) ?? addApproval(builder, path, arm?.condition.approval?.approver);
  const ports = arm?.condition.negated ? (['rejected', 'approved'] as const) : (['approved', 'rejected'] as const);
  const ends = [arm?.steps ?? [], branch.otherwise].flatMap((blocks, index) => {
    if (blocks === undefined) return [];
    const own = fork(path, [{ node, port: ports[index] ?? 'approved' }]);
    assemble(builder, own, blocks);
    return own.heads;
  });
  path.heads = ends;
}

function addBranch(builder: GraphBuilder, path: Path, branch: Branch): void {
  if (branch.arms[0]?.condition.approval) return addDecided(builder, path, branch);
  const decision = decide(builder, path, branch);
  const node = builder.append(path, decision.kind, decision.title, decision.config);
  const ends: Head[] = [];
  const walk = (port: string, blocks: readonly Block[]): Path => {
    const arm = fork(path, [{ node, port }]);
    assemble(builder, arm, blocks);
    ends.push(...arm.heads);
    return arm;
  };
  if (decision.kind === 'switch') {
    for (const [index, arm] of branch.arms.entries()) walk(decision.cases[index] ?? 'otherwise', arm.steps);
    walk('otherwise', branch.otherwise ?? []);
  } else {
    const [first, ...more] = branch.arms;
    walk('true', first?.steps ?? []);
    // More cases than a switch can tell apart become conditions in a row.
    const rest: Branch = { type: 'branch', arms: more, ...(branch.otherwise ? { otherwise: branch.otherwise } : {}) };
    walk('false', more.length > 0 ? [rest] : (branch.otherwise ?? []));
  }
  path.heads = ends;
}

/** The steps as a list in words. */
export function describe(builder: GraphBuilder, trigger: string): string {
  const { summary } = builder.wording;
  const titles = builder.nodes.slice(1).map((node) => node.title);
  return `${summary.start(capital(trigger))} ${summary.steps} ${titles.length > 0 ? titles.join(' → ') : summary.nothing}.`;
}
