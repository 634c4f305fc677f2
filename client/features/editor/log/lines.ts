import { nodeOf } from '../../../../shared/engine/address.ts';
import type { RunEvent } from '../../../../shared/workflow/run.ts';
import { formatClock } from '../../../ui/format.ts';
import { eventInWords } from '../run/event-words.ts';
import { addressInWords } from '../run/item-choice.ts';

/** One line of the log: an entry of the journal, or what a step said itself. */
export interface Line {
  key: string;
  at: number;
  text: string;
  /** The step it is of; null for the run itself. */
  address: string | null;
  tone: 'plain' | 'dim' | 'done' | 'failed';
  /** Said by the step. */
  said: boolean;
}

/** What is shown: all of it, what steps said and what went wrong, or only the latter. */
export const levels = ['all', 'said', 'problems'] as const;
export type Level = (typeof levels)[number];

export interface LogFilter {
  level: Level;
  /** Only of this step, whatever the item. */
  nodeId: string | null;
}

/** The lines of an entry, oldest first. `titles` by node id. */
export function linesOf(event: RunEvent, titles: ReadonlyMap<string, string>): Line[] {
  const address = 'node' in event ? event.node : null;
  const title = address === null ? '' : addressInWords(address, titles);
  const said = 'log' in event ? (event.log ?? []) : [];
  return [
    ...said.map(({ at, message }, index): Line => ({
      key: `${event.seq}.${index}`,
      at,
      text: `${title}: ${message}`,
      address,
      tone: 'dim',
      said: true,
    })),
    {
      key: String(event.seq),
      at: event.at,
      text: eventInWords(event, title),
      address,
      tone: toneOf(event),
      said: false,
    },
  ];
}

export function isShown({ tone, said, address }: Line, { level, nodeId }: LogFilter): boolean {
  if (nodeId !== null && (address === null || nodeOf(address) !== nodeId)) return false;
  return level === 'all' || tone === 'failed' || (level === 'said' && said);
}

/** As text, for a file or the clipboard: the instant in UTC, so that it means the same everywhere. */
export function asText(lines: readonly Line[]): string {
  return lines.map(({ at, text }) => `${new Date(at).toISOString()}  ${text}\n`).join('');
}

export const clockOf = ({ at }: Line): string => formatClock(at);

function toneOf(event: RunEvent): Line['tone'] {
  if (event.copied) return 'dim';
  switch (event.type) {
    case 'step.compensate_failed':
    case 'mail.failed':
    case 'mail.uncertain':
    case 'step.failed':
    case 'step.uncertain':
      return 'failed';
    case 'mail.sent':
    case 'step.done':
      return 'done';
    case 'loop.part':
      return event.error === undefined ? 'plain' : 'failed';
    case 'run.finished':
      return event.status === 'done' ? 'done' : 'failed';
    default:
      return 'plain';
  }
}
