import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldRun } from '../../shared/engine/fold.ts';
import { compileGraph } from '../../shared/engine/graph.ts';
import { summaryOf, type RecordedJournal } from '../../shared/engine/testing-journals.ts';
import type { RunEvent } from '../../shared/workflow/run.ts';
import { loadCatalogue } from './registry.ts';

/*
 * Journals of every release, as they were recorded by `npm run record:journals`, and what they came to then. A change that reads an old
 * journal another way fails here: the code has to change, not the record.
 */
const folder = join(import.meta.dirname, '../../shared/engine/journals');
const journals = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, RecordedJournal] => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
const { catalogue } = await loadCatalogue();

test.each(journals)('%s comes to what it came to when it was recorded', (_file, { graph, events, end }) => {
  const state = foldRun(compileGraph(graph, catalogue), events);
  expect(JSON.parse(JSON.stringify(summaryOf(state)))).toEqual(end);
});

test('every type of event is among them', () => {
  const types: Record<RunEvent['type'], true> = {
    'run.started': true,
    'run.paused': true,
    'run.resumed': true,
    'run.finished': true,
    'step.started': true,
    'step.intent': true,
    'step.done': true,
    'step.failed': true,
    'step.uncertain': true,
    'step.waiting': true,
    'step.resumed': true,
    'step.compensating': true,
    'step.compensated': true,
    'step.compensate_failed': true,
    'loop.opened': true,
    'loop.items': true,
    'loop.part': true,
    'mail.held': true,
    'mail.sending': true,
    'mail.sent': true,
    'mail.failed': true,
    'mail.uncertain': true,
  };
  const recorded = new Set(journals.flatMap(([, { events }]) => events.map(({ type }) => type)));
  expect(Object.keys(types).filter((type) => !recorded.has(type as RunEvent['type']))).toEqual([]);
});
