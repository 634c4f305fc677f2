/** Hangs parts that were read one after the other into a tree of branches. Pure; decides only about order and nesting. */
import type { Condition } from './conditions.ts';
import type { Action, Part } from './parts.ts';

export interface Arm {
  condition: Condition;
  steps: Block[];
}

export interface Branch {
  type: 'branch';
  arms: Arm[];
  /** Absent: nothing was said for the other cases. */
  otherwise?: Block[];
}

export type Block = Action | Branch;

interface Cursor {
  root: Block[];
  /** Where the next action goes. */
  current: Block[];
  open: { branch: Branch; sentence: number; inElse: boolean } | undefined;
}

export function outlineOf(parts: readonly Part[]): Block[] {
  const root: Block[] = [];
  const cursor: Cursor = { root, current: root, open: undefined };
  for (const [index, part] of parts.entries()) {
    if (part.type === 'if') openArm(cursor, part, trailing(parts, index));
    else if (part.type === 'else') openElse(cursor, part.sentence);
    else addAction(cursor, part, parts.slice(index + 1));
  }
  return root.map(prune);
}

/** "Send X if …": the condition ends its sentence, so it is about the clause before it. */
function trailing(parts: readonly Part[], index: number): boolean {
  const part = parts[index];
  const before = parts[index - 1];
  const after = parts[index + 1];
  if (!part || !before || before.sentence !== part.sentence || before.type === 'if' || before.type === 'else')
    return false;
  return !after || after.sentence !== part.sentence || after.type === 'else';
}

function openArm(cursor: Cursor, part: Extract<Part, { type: 'if' }>, isTrailing: boolean): void {
  const arm: Arm = { condition: part.condition, steps: [] };
  if (part.guard) {
    cursor.current.push({ type: 'branch', arms: [arm] });
    cursor.root = arm.steps;
    cursor.current = arm.steps;
    return;
  }
  if (part.condition.approval && decideApproval(cursor, part.sentence, part.condition.negated)) return;
  const { open } = cursor;
  if (isTrailing) {
    const last = cursor.current.at(-1);
    while (last && cursor.current.length > 0 && sameClause(cursor.current.at(-1), last))
      arm.steps.unshift(...cursor.current.splice(-1));
  } else if (open && (part.elseIf || continues(open, arm))) {
    if (open.inElse) delete open.branch.otherwise;
    open.branch.arms.push(arm);
    cursor.open = { ...open, sentence: part.sentence, inElse: false };
    cursor.current = arm.steps;
    return;
  } else if (open && open.sentence !== part.sentence && !part.afterwards) {
    cursor.current = cursor.root;
  }
  const branch: Branch = { type: 'branch', arms: [arm] };
  cursor.current.push(branch);
  cursor.open = { branch, sentence: part.sentence, inElse: false };
  cursor.current = arm.steps;
}

function sameClause(a: Block | undefined, b: Block): boolean {
  return a !== undefined && a.type !== 'branch' && b.type !== 'branch' && a.words === b.words;
}

/** A second `if` about the same thing is one more case; so is an `if` right behind `otherwise`. */
function continues(open: NonNullable<Cursor['open']>, arm: Arm): boolean {
  if (open.inElse) return (open.branch.otherwise?.length ?? 0) === 0;
  const last = open.branch.arms.at(-1)?.condition;
  return (
    last !== undefined &&
    isCase(last) &&
    isCase(arm.condition) &&
    (last.tests[0]?.subject === arm.condition.tests[0]?.subject || arm.condition.tests[0]?.subject === '')
  );
}

/** One comparison with a word: what a switch can tell apart. */
export function isCase(condition: Condition): boolean {
  const [test] = condition.tests;
  if (!test || condition.negated) return false;
  const sameSubject =
    condition.combinator === 'or' &&
    condition.tests.every((one) => one.subject === test.subject && one.operator === test.operator);
  return (
    (condition.tests.length === 1 || sameSubject) &&
    (test.operator === 'equals' || test.operator === 'contains' || (test.operator === 'is_true' && test.subject === ''))
  );
}

/**
 * "Ask me, then send it. If I say no, …": what was said behind the approval follows a yes, and what comes now follows a no (or a yes as well).
 * @returns false when nothing was to be approved before.
 */
function decideApproval(cursor: Cursor, sentence: number, isRefused: boolean): boolean {
  const at = cursor.current.findLastIndex((block) => block.type === 'approval');
  if (at < 0) return false;
  const steps = cursor.current.splice(at + 1);
  const approval = { approver: undefined };
  const condition: Condition = { combinator: 'and', negated: false, tests: [], words: '', approval };
  const branch: Branch = { type: 'branch', arms: [{ condition, steps }], ...(isRefused ? { otherwise: [] } : {}) };
  cursor.current.push(branch);
  cursor.current = branch.otherwise ?? steps;
  cursor.open = { branch, sentence, inElse: isRefused };
  return true;
}

function openElse(cursor: Cursor, sentence: number): void {
  const { open } = cursor;
  if (!open) return void decideApproval(cursor, sentence, true);
  open.branch.otherwise ??= [];
  cursor.current = open.branch.otherwise;
  cursor.open = { ...open, sentence, inElse: true };
}

function addAction(cursor: Cursor, part: Action, later: readonly Part[]): void {
  const { open } = cursor;
  if (open && part.sentence > open.sentence) {
    if (staysInside(open, part, later)) cursor.open = { ...open, sentence: part.sentence };
    else {
      cursor.current = cursor.root;
      cursor.open = undefined;
    }
  }
  cursor.current.push(part);
}

/** A new sentence after a branch: does it go on inside the branch, or for everyone? */
function staysInside(open: NonNullable<Cursor['open']>, part: Action, later: readonly Part[]): boolean {
  if (part.rejoin) return false;
  const next = later.find((one) => one.type === 'if' || one.type === 'else');
  if (next?.type === 'else' && !open.inElse) return true;
  if (next?.type === 'if' && next.elseIf) return true;
  const alone = open.branch.arms.length === 1 && open.branch.otherwise === undefined;
  return alone && (part.afterwards || part.type === 'delay' || part.type === 'until');
}

/** Empty `otherwise` parts are the same as none. */
function prune(block: Block): Block {
  if (block.type !== 'branch') return block;
  const pruned: Branch = { type: 'branch', arms: block.arms.map((arm) => ({ ...arm, steps: arm.steps.map(prune) })) };
  if (block.otherwise && block.otherwise.length > 0) pruned.otherwise = block.otherwise.map(prune);
  return pruned;
}
