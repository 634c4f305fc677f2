/** Groups of rules joined by and/or, up to three levels. The nesting is written out rather than recursive: a finite JSON Schema suits forms and models. */
import { z } from 'zod';
import { asText, clip, field, valueField } from '../fields.ts';
import {
  binaryOperators,
  compare,
  isUnary,
  operatorLabels,
  operatorOptions,
  operators,
  patternProblem,
} from '../operators.ts';

const ruleSchema = z.object({
  left: valueField({ title: 'Value', placeholder: '{{ input.score }}' }),
  operator: field(z.enum(operators).default('equals'), {
    title: 'Comparison',
    widget: 'select',
    options: operatorOptions,
  }),
  right: valueField({
    title: 'Compared with',
    placeholder: '50',
    showWhen: { field: 'operator', in: binaryOperators },
  }),
});
type Rule = z.output<typeof ruleSchema>;

const combinator = field(z.enum(['and', 'or']).default('and'), {
  title: 'Joined by',
  widget: 'segmented',
  options: [
    { value: 'and', label: 'All hold' },
    { value: 'or', label: 'Any holds' },
  ],
});
const negation = field(z.boolean().optional(), { title: 'Must not hold', widget: 'switch' });

function entries<T extends z.ZodType>(entry: T) {
  return z.array(entry).max(50).meta({ title: 'Rules' });
}

// An inner group is told from a rule by having `rules`, so there it has no default.
const innerGroup = z.object({ combinator, not: negation, rules: entries(ruleSchema) });
const middleGroup = z.object({ combinator, not: negation, rules: entries(z.union([innerGroup, ruleSchema])) });
export const rulesSchema = z.object({
  combinator,
  not: negation,
  rules: field(entries(z.union([middleGroup, ruleSchema])).default([]), { title: 'Rules' }),
});

interface Group {
  combinator: 'and' | 'or';
  not?: boolean | undefined;
  rules: readonly (Rule | Group)[];
}

function isGroup(entry: Rule | Group): entry is Group {
  return 'rules' in entry;
}

export function countRules(group: Group): number {
  return group.rules.reduce((sum, entry) => sum + (isGroup(entry) ? countRules(entry) : 1), 0);
}

/**
 * Whether the rules hold. Stops at the first rule that decides. A group without rules holds.
 *
 * @throws AppError `bad_request` when values cannot be compared.
 */
export function evaluateRules(group: Group, caseSensitive: boolean): boolean {
  const holds = (entry: Rule | Group): boolean =>
    isGroup(entry)
      ? evaluateRules(entry, caseSensitive)
      : compare(entry.left, entry.operator, entry.right, { caseSensitive });
  const result =
    group.rules.length === 0 || (group.combinator === 'and' ? group.rules.every(holds) : group.rules.some(holds));
  return group.not === true ? !result : result;
}

/** `{{ input.score }} is greater than 50 and …`, at most about `length` characters. */
export function inWords(group: Group, length: number): string {
  return clip(groupInWords(group), length);
}

function groupInWords(group: Group): string {
  const parts = group.rules.map((entry) => {
    if (!isGroup(entry)) return ruleInWords(entry);
    return entry.not === true ? groupInWords(entry) : `(${groupInWords(entry)})`;
  });
  const text = parts.join(` ${group.combinator} `);
  return group.not === true ? `not (${text})` : text;
}

function ruleInWords({ left, operator, right }: Rule): string {
  const value = clip(asText(left), 60) || '…';
  return isUnary(operator)
    ? `${value} ${operatorLabels[operator]}`
    : `${value} ${operatorLabels[operator]} ${clip(asText(right), 60) || '…'}`;
}

/** What is missing in the settings, by field path. */
export function ruleProblems(group: Group, path = 'rules'): { field: string; message: string }[] {
  if (group.rules.length === 0) {
    return [
      {
        field: path,
        message: path === 'rules' ? 'Add at least one rule.' : 'This group has no rules: add one or remove the group.',
      },
    ];
  }
  return group.rules.flatMap((entry, index) => {
    const at = `${path}.rules.${index}`;
    return isGroup(entry) ? ruleProblems(entry, at) : oneRuleProblems(entry, at);
  });
}

function oneRuleProblems({ left, operator, right }: Rule, at: string): { field: string; message: string }[] {
  if (asText(left).trim() === '')
    return [{ field: `${at}.left`, message: 'Choose what to compare, for example {{ input.score }}.' }];
  if (isUnary(operator)) return [];
  const text = asText(right);
  const canBeEmpty = operator === 'equals' || operator === 'not_equals';
  if (!canBeEmpty && text.trim() === '') return [{ field: `${at}.right`, message: 'Fill in what to compare with.' }];
  const problem = operator === 'matches' && !text.includes('{{') ? patternProblem(text) : undefined;
  return problem === undefined ? [] : [{ field: `${at}.right`, message: problem }];
}
