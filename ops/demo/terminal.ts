import { styleText } from 'node:util';
import { creditsInWords, formatDuration } from '../../client/ui/format.ts';
import type { Preview } from '../../shared/api/runs.ts';
import type { ComposeEvent } from '../../shared/api/compose.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import { waitInWords, type RunEvent } from '../../shared/workflow/run.ts';
import type { ArrivedMail } from './mail.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours on a terminal only, and not where NO_COLOR is set. */
const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });
const dim = (text: string): string => paint('dim', text);
const print = (line = ''): void => console.log(line);

export const heading = (text: string): void => print(`\n${paint(['bold', 'blue'], text)}`);
export const note = (text: string): void => print(`  ${dim(text)}`);
export const good = (text: string): void => print(`\n${paint(['bold', 'green'], '✓')} ${text}`);
export const bad = (text: string): void => console.error(`\n${paint(['bold', 'red'], '✗')} ${text}`);

/** One event of the stream that draws a workflow. */
export function printComposing(event: ComposeEvent): void {
  switch (event.type) {
    case 'status':
      return note(event.text);
    case 'node':
      return print(`  ${paint('magenta', '●')} ${event.node.title} ${dim(`${event.node.kind} · ${event.node.id}`)}`);
    case 'edge': {
      const port = event.edge.sourcePort === 'out' ? '' : ` (${event.edge.sourcePort})`;
      return print(`    ${dim(`${event.edge.source}${port} → ${event.edge.target}`)}`);
    }
    case 'done':
      print(`  ${paint('bold', event.name)}`);
      print(`  ${event.summary}`);
      for (const text of event.assumptions) print(`  ${paint('yellow', 'assumed')} ${text}`);
      for (const { text, reason, suggestion } of event.unsupported) {
        print(`  ${paint('red', 'not possible')} “${text}”: ${reason} ${suggestion ?? ''}`.trimEnd());
      }
      return note(`made by ${event.provider}, ${event.costMicro > 0 ? creditsInWords(event.costMicro) : 'free'}`);
  }
}

/** What would be sent, and what it would cost with each provider. */
export function printPreview(preview: Preview): void {
  for (const mail of preview.mails) {
    const people = [`to ${mail.to.join(', ')}`, ...(mail.cc.length > 0 ? [`cc ${mail.cc.join(', ')}`] : [])].join(', ');
    print(
      `  ${paint('cyan', '✉')} ${paint('bold', mail.subject)} ${dim(`${people} · ${mail.exact ? 'exact' : 'example'}`)}`,
    );
    printIndented(mail.text);
    note(`SHA-256 of the content ${mail.hash.slice(0, 16)}…`);
  }
  if (preview.spentMicro > 0) print(`  Writing it for this preview cost ${creditsInWords(preview.spentMicro)}.`);
  print(`  This run: ${inCredits(preview.cost)}`);
  for (const row of preview.costByProvider) {
    print(
      `    ${row.label.padEnd(12)} ${inCredits(row.cost).padEnd(24)} ${dim(row.configured ? row.model : 'not set up')}`,
    );
  }
}

function inCredits({ min, max }: Preview['cost']): string {
  if (max === 0) return 'free';
  return min === max ? creditsInWords(max) : `${creditsInWords(min)} to ${creditsInWords(max)}`;
}

/** Prints each event of a run when it comes, with the titles of the steps. */
export function runPrinter(graph: WorkflowGraph): (event: RunEvent) => void {
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  return (event) => {
    const line = runLine(event, 'node' in event ? (titles.get(event.node) ?? event.node) : '');
    if (line !== null) print(`  ${line}`);
  };
}

function runLine(event: RunEvent, title: string): string | null {
  switch (event.type) {
    case 'run.started':
      return `${paint('blue', '▶')} started`;
    case 'step.started':
      return `${paint('blue', '…')} ${title}${event.attempt > 1 ? `, attempt ${event.attempt}` : ''}`;
    case 'step.intent':
      return null;
    case 'step.done': {
      const facts = [
        formatDuration(event.ms),
        ...(event.cost ? [creditsInWords(event.cost)] : []),
        ...(event.port === 'out' ? [] : [event.port]),
      ];
      return `${paint('green', '✓')} ${title} ${dim(facts.join(' · '))}`;
    }
    case 'step.failed':
      return `${paint('red', '✗')} ${title}: ${event.error.message}${event.retryAt === undefined ? '' : ' It is tried again.'}`;
    case 'step.uncertain':
      return `${paint('yellow', '?')} ${title}: ${event.error.message}`;
    case 'step.waiting':
      return `${paint('yellow', '◷')} ${title} waits ${waitInWords(event.wait, (at) => new Date(at).toLocaleTimeString())}`;
    case 'step.resumed':
      return `${paint('blue', '…')} ${title} goes on`;
    case 'step.compensating':
      return null;
    case 'step.compensated':
      return `${paint('yellow', '↶')} ${title} is undone`;
    case 'step.compensate_failed':
      return `${paint('red', '✗')} ${title} could not be undone: ${event.error.message}`;
    case 'mail.held':
      return `${paint('yellow', '◷')} ${title} holds its mail until the run has succeeded`;
    case 'mail.sent':
      return `${paint('green', '✓')} ${title}: the mail is sent`;
    case 'mail.failed':
    case 'mail.uncertain':
      return `${paint('red', '✗')} ${title}: ${event.error.message}`;
    case 'mail.sending':
      return null;
    case 'run.paused':
      return `${paint('yellow', '⏸')} paused ${event.cost ? 'over its cost' : `by ${event.by}`}`;
    case 'run.resumed':
      return `${paint('blue', '▶')} resumed by ${event.by}`;
    case 'loop.opened':
      return `${paint('blue', '…')} ${title}: ${event.count} items`;
    case 'loop.items':
    case 'loop.part':
      return null;
    case 'run.finished':
      return `${event.status === 'done' ? paint('green', '■') : paint('red', '■')} ${event.status}${event.error ? `: ${event.error.message}` : ''}`;
  }
}

/** Headers as they came over the wire, and the text. */
export function printArrived({ source, parsed }: ArrivedMail): void {
  const head = source.slice(0, /\r?\n\r?\n/.exec(source)?.index ?? source.length);
  for (const line of head.split(/\r?\n/)) note(line);
  print();
  printIndented(parsed.text ?? '');
}

function printIndented(text: string): void {
  for (const line of text.trimEnd().split('\n')) print(`    ${paint('dim', '│')} ${line}`);
}
