/** Conditions of the request → configs of condition and switch steps. Adds the AI step that a condition needs when nothing else can decide it. */
import type { Condition, Test } from './conditions.ts';
import { subjectExpression } from './data.ts';
import { fieldWithin, knownField, slug } from './fields.ts';
import type { AiField, GraphBuilder, Path } from './graph.ts';
import { classifyPrompt } from './ai-steps.ts';
import { isCase } from './outline.ts';
import type { Branch } from './outline.ts';
import { fold } from '../../../../shared/schedule/words/text.ts';
import { capital, shorten } from './text.ts';

export interface Rule {
  left: string;
  operator: string;
  right: string | number | boolean;
}

/** The switch or condition a branch becomes. */
export type Decision =
  | { kind: 'condition'; config: Record<string, unknown>; title: string }
  | { kind: 'switch'; config: Record<string, unknown>; title: string; cases: string[] };

export function decide(builder: GraphBuilder, path: Path, branch: Branch): Decision {
  const cases =
    branch.arms.length > 1 && branch.arms.every((arm) => isCase(arm.condition))
      ? switchOf(builder, path, branch)
      : undefined;
  if (cases) return cases;
  const [arm] = branch.arms;
  const condition = arm?.condition ?? { combinator: 'and' as const, negated: false, tests: [], words: '' };
  return { kind: 'condition', config: { rules: rulesOf(builder, path, condition) }, title: titleOf(condition) };
}

function titleOf(condition: Condition): string {
  return `${capital(shorten(condition.words, 50))}?`;
}

export function rulesOf(builder: GraphBuilder, path: Path, condition: Condition): Record<string, unknown> {
  const rules = condition.tests.map((test) => ruleOf(builder, path, test, condition));
  return { combinator: condition.combinator, ...(condition.negated ? { not: true } : {}), rules };
}

function ruleOf(builder: GraphBuilder, path: Path, test: Test, condition: Condition): Rule {
  if (!isQuestion(builder, path, test)) {
    const expression = subjectExpression(builder, path, originRule(builder, test) ?? test.subject);
    if (expression !== undefined) {
      alignChoice(path, expression, test);
      return { left: `{{ ${expression} }}`, operator: test.operator, right: test.value };
    }
  }
  return questionRule(builder, path, test, condition);
}

/** "the customer is from Germany" compares the country. */
function originRule(builder: GraphBuilder, test: Test): string | undefined {
  return test.origin
    ? (builder.lexicon.nouns.fields.find((field) => field.name === 'country')?.name ?? 'country')
    : undefined;
}

/** True where a comparison cannot answer it: "it is urgent", "the message is a complaint". */
function isQuestion(builder: GraphBuilder, path: Path, test: Test): boolean {
  const { lexicon, trigger } = builder;
  if (test.origin) return false;
  const field = knownField(test.subject, lexicon) ?? fieldWithin(test.subject, lexicon);
  const own = path.structured?.fields.some((one) => one.name === (field?.name ?? slug(test.subject)));
  if (test.operator === 'is_empty' || test.operator === 'is_not_empty') return false;
  if (test.operator === 'is_true')
    return (
      !own &&
      !(
        field &&
        trigger.kind === 'form' &&
        trigger.fields.some((one) => one.name === field.name && one.type === 'checkbox')
      )
    );
  if (typeof test.value === 'number') return false;
  const isWriting = test.subject === '' || new RegExp(`^(?:${lexicon.nouns.writings})s?$`).test(test.subject);
  const compares = test.operator === 'equals' || test.operator === 'not_equals';
  if (own) return false;
  if (
    compares &&
    (field?.name === 'sentiment' || field?.name === 'urgency' || field?.name === 'category') &&
    trigger.kind !== 'webhook'
  )
    return true;
  return compares && isWriting;
}

/** Decides by an AI field: an existing choice, or one that is added for it. */
function questionRule(builder: GraphBuilder, path: Path, test: Test, condition: Condition): Rule {
  const value = typeof test.value === 'string' && test.value !== '' ? test.value : test.subject;
  const field = knownField(test.subject, builder.lexicon) ?? fieldWithin(test.subject, builder.lexicon);
  const name = field && ['sentiment', 'urgency', 'category'].includes(field.name) ? field.name : undefined;
  const structured = path.structured ?? addClassifier(builder, path, name ?? 'category');
  const choice =
    structured.fields.find((one) => one.type === 'choice' && (name === undefined || one.name === name)) ??
    structured.fields.find((one) => one.type === 'choice');
  if (choice && value !== '') {
    const known = matchChoice(choice, value) ?? addChoice(choice, value, builder);
    return {
      left: `{{ steps.${structured.node}.data.${choice.name} }}`,
      operator: test.operator === 'not_equals' ? 'not_equals' : 'equals',
      right: known,
    };
  }
  const question: AiField = {
    name: freeName(structured.fields, slug(value).slice(0, 30)),
    type: 'boolean',
    description: builder.wording.ai.yesNoField(condition.words),
    choices: [],
  };
  structured.fields.push(question);
  return {
    left: `{{ steps.${structured.node}.data.${question.name} }}`,
    operator: test.operator === 'not_equals' ? 'is_false' : 'is_true',
    right: '',
  };
}

function freeName(fields: readonly AiField[], name: string): string {
  let free = name;
  for (let n = 2; fields.some((field) => field.name === free); n++) free = `${name}_${n}`;
  return free;
}

function addClassifier(builder: GraphBuilder, path: Path, name: string): NonNullable<Path['structured']> {
  const { wording, lexicon } = builder;
  const preset = name === 'category' ? [] : [...(lexicon.nouns.categories[name] ?? [])];
  const fields: AiField[] = [{ name, type: 'choice', description: wording.ai.categoryField, choices: preset }];
  const node = builder.append(path, 'ai-generate', wording.titles.classify, {
    system: wording.ai.system.classify,
    prompt: classifyPrompt(builder, path, wording.titles.classify),
    output: 'structured',
    fields,
  });
  path.structured = { node, fields };
  if (fields[0]) builder.classifiers.push({ field: fields[0], added: true });
  return path.structured;
}

/** The choice that a word means: same beginning, whatever its ending (`complaint`, `complaints`, `positiv`, `positive`). */
export function matchChoice(field: AiField, value: string): string | undefined {
  const wanted = fold(value);
  const stem = (word: string): string => word.slice(0, Math.max(4, word.length - 2));
  return (
    field.choices.find((choice) => fold(choice) === wanted) ??
    field.choices.find((choice) => {
      const own = fold(choice);
      return wanted
        .split(' ')
        .some(
          (word) =>
            word.length >= 3 &&
            (own.startsWith(stem(word)) || word.startsWith(stem(own))) &&
            Math.abs(own.length - word.length) <= 3,
        );
    })
  );
}

function addChoice(field: AiField, value: string, builder: GraphBuilder): string {
  const choice = shorten(value, 40).replace(/…$/, '');
  const other = builder.wording.ai.other;
  if (!field.choices.includes(other)) field.choices.push(choice, other);
  else field.choices.splice(field.choices.indexOf(other), 0, choice);
  return choice;
}

/** Comparisons with a choice field use its own spelling. */
function alignChoice(path: Path, expression: string, test: Test): void {
  const field = path.structured?.fields.find(
    (one) => one.type === 'choice' && expression.endsWith(`.data.${one.name}`),
  );
  if (!field || typeof test.value !== 'string' || test.value === '') return;
  const known = matchChoice(field, test.value);
  if (known !== undefined) test.value = known;
  else field.choices.push(test.value);
}

function switchOf(builder: GraphBuilder, path: Path, branch: Branch): Decision | undefined {
  const rules = branch.arms.map((arm) => arm.condition.tests.map((test) => ruleOf(builder, path, test, arm.condition)));
  const left = rules[0]?.[0]?.left;
  if (left === undefined || rules.some((one) => one.some((rule) => rule.left !== left))) return undefined;
  const cases = rules.map((one, index) => {
    const [rule] = one;
    const several = one.length > 1;
    const right = several ? one.map((each) => String(each.right)).join(',') : rule?.right;
    return {
      id: `case_${index + 1}`,
      label: capital(shorten(one.map((each) => String(each.right)).join(' / '), 40)),
      operator: several ? 'in' : rule?.operator,
      right,
    };
  });
  return {
    kind: 'switch',
    title: builder.wording.titles.branch,
    config: { value: left, cases, fallback: true },
    cases: cases.map((one) => one.id),
  };
}
