import { z } from 'zod';
import { defineNode, inPort, outPort } from '../../shared/nodes/contract.ts';
import type { NodeCatalogue } from '../../shared/nodes/contract.ts';

/** A small catalogue for tests of the stores: a trigger, a plain step, a branch, and a step whose output is another type of port. */
const base = { version: 1, icon: 'mail', effect: 'none' as const, config: z.object({ text: z.string().default('') }) };
const texts = (title: string) => ({ title, description: title, help: title });
const shared = { ...base, summary: () => '', sample: () => ({}), preview: () => ({ summary: '' }) };

export const testCatalogue: NodeCatalogue = new Map(
  [
    defineNode({
      ...shared,
      kind: 'start',
      group: 'trigger',
      texts: texts('Start'),
      ports: { in: [], out: [outPort] },
      trigger: 'manual',
    }),
    defineNode({
      ...shared,
      kind: 'step',
      group: 'data',
      texts: texts('Step'),
      ports: { in: [inPort], out: [outPort] },
    }),
    defineNode({
      ...shared,
      kind: 'branch',
      group: 'logic',
      texts: texts('Branch'),
      ports: {
        in: [inPort],
        out: [
          { id: 'true', label: 'yes', type: 'data' },
          { id: 'false', label: 'no', type: 'data' },
        ],
      },
    }),
    defineNode({
      ...shared,
      kind: 'loop',
      group: 'logic',
      texts: texts('Loop'),
      container: true,
      ports: {
        in: [inPort],
        out: [
          { id: 'done', label: 'done', type: 'data' },
          { id: 'each', label: 'each', type: 'data', inner: true },
        ],
      },
    }),
    defineNode({
      ...shared,
      kind: 'toolbox',
      group: 'ai',
      texts: texts('Toolbox'),
      ports: { in: [], out: [{ id: 'tool', label: '', type: 'tool' }] },
    }),
  ].map((definition) => [definition.kind, definition]),
);
