import { z } from 'zod';
import { defineNode, inPort, outPort, type RunContext } from '../contract.ts';
import { asRecord, choiceField, setOwn } from '../fields.ts';

export const config = z.object({
  mode: choiceField(['all', 'any'], 'all', {
    title: 'Go on when',
    labels: { all: 'All have arrived', any: 'The first arrives' },
    description: 'Ways that are not taken in a run are not waited for.',
  }),
  shape: choiceField(['object', 'list', 'combine'], 'object', {
    title: 'Hand on',
    labels: { object: 'By step', list: 'As a list', combine: 'As one object' },
    description: 'By step: {{ input.<step>.… }}. As one object: fields of later ways overwrite those of earlier ones.',
  }),
});
type Config = z.output<typeof config>;

/** The outputs that arrived, in the order of the connections. */
export function mergeInputs({ shape }: Pick<Config, 'shape'>, inputs: RunContext['inputs']): unknown {
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
    help: 'Waits for all branches that were taken, or goes on with the first, and hands on what arrived: by step, as a list, or as one object.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'none',
  join: ({ mode }) => (mode === 'any' ? 'any' : 'all'),
  summary({ mode, shape }) {
    const what = { object: 'by step', list: 'as a list', combine: 'as one object' }[shape];
    return mode === 'all'
      ? `Waits for all branches, hands on ${what}`
      : `Goes on with the first branch, hands on ${what}`;
  },
  sample({ shape }, input) {
    if (shape === 'list') return [input ?? {}];
    return asRecord(input) ?? {};
  },
  preview: (bound, { inputs }) => ({
    summary: `Brings ${inputs.length} ${inputs.length === 1 ? 'branch' : 'branches'} together`,
    output: mergeInputs(bound, inputs),
  }),
});
