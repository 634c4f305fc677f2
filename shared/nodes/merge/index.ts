import { z } from 'zod';
import { toErrorBody } from '../../errors.ts';
import { defineNode, inPort, outPort, type RunContext } from '../contract.ts';
import { asRecord, choiceField, clip, field, plainField, setOwn } from '../fields.ts';
import { keysIn, matchLists, type Matching } from './match.ts';

const whenMatching = { field: 'shape', in: ['match'] } as const;

const branchSchema = z.object({
  step: plainField({
    title: 'Step at the end of the branch',
    placeholder: 'http_request_1',
    max: 100,
    description: 'Its id, as in {{ steps.http_request_1 }}.',
  }),
  list: plainField({
    title: 'Where its list is',
    placeholder: 'body.customers',
    max: 200,
    description: 'Empty: what it hands on is the list.',
  }),
  field: plainField({ title: 'Its key field', placeholder: 'mail', max: 200, description: 'Empty: as above.' }),
});

export const config = z.object({
  mode: choiceField(['all', 'any'], 'all', {
    title: 'Go on when',
    labels: { all: 'All have arrived', any: 'The first arrives' },
    description: 'Ways that are not taken in a run are not waited for.',
  }),
  shape: choiceField(['object', 'list', 'combine', 'match'], 'object', {
    title: 'Hand on',
    labels: {
      object: 'By step',
      list: 'As a list',
      combine: 'As one object',
      match: 'Lists, matched by a key',
    },
    description:
      'By step: {{ input.<step>.… }}. As one object: fields of later ways overwrite those of earlier ones. Matched: entries with the same key become one.',
  }),
  key: plainField({
    title: 'Key field',
    placeholder: 'email',
    max: 200,
    showWhen: whenMatching,
    description: 'What equal entries have in common. Several with commas: all must be equal. Dots lead into objects.',
  }),
  branches: field(z.array(branchSchema).max(20).default([]), {
    title: 'Branches that differ',
    widget: 'list',
    showWhen: whenMatching,
    description: 'Only for branches whose list or key is elsewhere, and to say which comes first.',
  }),
  keep: choiceField(['inner', 'left', 'outer'], 'inner', {
    title: 'Keep',
    showWhen: whenMatching,
    labels: { inner: 'Only matches', left: 'All of the first', outer: 'Everything' },
    description: 'The first is the branch that was connected first, or stands first in the list above.',
  }),
  several: choiceField(['all', 'first'], 'all', {
    title: 'When several match',
    showWhen: whenMatching,
    labels: { all: 'A row for each', first: 'Only the first' },
  }),
  clash: choiceField(['first', 'last', 'both'], 'last', {
    title: 'When both have a field of the same name',
    showWhen: whenMatching,
    labels: { first: 'The first stays', last: 'The last stays', both: 'Keep both' },
    description: 'Both: the later one becomes <field>_<step>.',
  }),
  compare: choiceField(['loose', 'exact'], 'loose', {
    title: 'Compare keys',
    showWhen: whenMatching,
    advanced: true,
    labels: { loose: 'By what they read', exact: 'Exactly' },
    description:
      'By what they read: capital letters and spaces at the ends do not count, and the text 7 is the number 7.',
  }),
});
type Config = z.output<typeof config>;

/**
 * The outputs that arrived, in the order of the connections.
 * @throws AppError as `matchLists` does.
 */
export function mergeInputs(settings: Config, inputs: RunContext['inputs']): unknown {
  const { shape } = settings;
  if (shape === 'match') return matchLists(settings, inputs);
  if (shape === 'list') return inputs.map(({ output }) => output);
  const merged: Record<string, unknown> = {};
  for (const { node: id, output } of inputs) {
    if (shape === 'object') setOwn(merged, id, output);
    else for (const [key, value] of Object.entries(asRecord(output) ?? {})) setOwn(merged, key, value);
  }
  return merged;
}

export const node = defineNode({
  kind: 'merge',
  version: 1,
  group: 'logic',
  icon: 'merge',
  texts: {
    title: 'Merge',
    description: 'Brings branches together again',
    help:
      'Waits for all branches that were taken, or goes on with the first, and hands on what arrived: by step, as a list, as one object, or as one list in ' +
      'which entries of several lists are matched by a key field, such as customers and their orders by email. Matched lists are rows: {{ input[0].email }}.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  join: ({ mode }) => (mode === 'any' ? 'any' : 'all'),
  summary(settings) {
    const { mode, shape } = settings;
    if (shape === 'match') return matchingInWords(settings);
    const what = { object: 'by step', list: 'as a list', combine: 'as one object' }[shape];
    return mode === 'all'
      ? `Waits for all branches, hands on ${what}`
      : `Goes on with the first branch, hands on ${what}`;
  },
  check,
  sample({ shape, key }, input) {
    if (shape === 'match') return [Object.fromEntries(keysIn(key).map((name) => [name, 'example']))];
    if (shape === 'list') return [input ?? {}];
    return asRecord(input) ?? {};
  },
  preview(bound, { inputs }) {
    try {
      const output = mergeInputs(bound, inputs);
      const branches = `${inputs.length} ${inputs.length === 1 ? 'branch' : 'branches'}`;
      if (bound.shape !== 'match') return { summary: `Brings ${branches} together`, output };
      const rows = Array.isArray(output) ? output.length : 0;
      return {
        summary: `Matches ${branches} by ${clip(bound.key, 60)}: ${rows} ${rows === 1 ? 'row' : 'rows'}`,
        output,
      };
    } catch (error) {
      return { summary: 'The lists cannot be matched', error: toErrorBody(error) };
    }
  },
});

function matchingInWords({ key, keep }: Pick<Matching, 'key' | 'keep'>): string {
  const kept = { inner: 'keeps only matches', left: 'keeps all of the first', outer: 'keeps everything' }[keep];
  const by = keysIn(key).join(' and ');
  return by === '' ? 'No key yet' : `Matches lists by ${clip(by, 60)}, ${kept}`;
}

function check({ mode, shape, key, branches }: Config): { field: string; message: string }[] {
  if (shape !== 'match') return [];
  const problems: { field: string; message: string }[] = [];
  if (mode === 'any')
    problems.push({ field: 'mode', message: 'Lists can be matched only when all of them have arrived.' });
  if (keysIn(key).length === 0) problems.push({ field: 'key', message: 'Say by which field, for example email.' });
  const seen = new Set<string>();
  for (const [index, { step }] of branches.entries()) {
    const id = step.trim();
    if (id === '') problems.push({ field: `branches.${index}.step`, message: 'Say which step.' });
    else if (seen.has(id)) problems.push({ field: `branches.${index}.step`, message: `“${id}” is here twice.` });
    seen.add(id);
  }
  for (const [index, { field: own }] of branches.entries()) {
    if (own.trim() !== '' && keysIn(own).length !== keysIn(key).length)
      problems.push({
        field: `branches.${index}.field`,
        message: `Name as many fields as the key has: ${keysIn(key).length}.`,
      });
  }
  return problems;
}
