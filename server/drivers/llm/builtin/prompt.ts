import { fold } from '../../../../shared/schedule/words/text.ts';

/** A prompt taken apart: what is asked, and what it is asked about. */
export interface PromptParts {
  instruction: string;
  /** The text or data; '' when the prompt has only an instruction. */
  data: string;
  /** Everything behind the first sentence, for prompts without a separate data part. */
  rest: string;
  /** Named values of the data. */
  facts: [string, string][];
}

const headings =
  /^(?:data|text|message|input|daten|nachricht|eingabe|donnees|texte|entree|datos|texto|mensaje|entrada|e-?mail|content|inhalt) ?:\s*/;
const taskHeading = /^(?:task|aufgabe|tache|tarea|instruction|anweisung) ?: ?/;

/** Takes "Task: …", blank line, "Data: …" apart; other prompts at the first blank line or the first colon with a longer text behind. */
export function splitPrompt(prompt: string): PromptParts {
  const clean = prompt.replaceAll('\r\n', '\n').trim();
  const blocks = clean.split(/\n\s*\n/);
  const [first = '', ...more] = blocks;
  const task = taskHeading.exec(fold(first));
  let instruction = task ? first.slice(task[0].length) : first;
  let data = more.join('\n\n');
  if (data === '') {
    const colon = /^[^:\n]{3,200}:\s+/.exec(instruction);
    if (colon && instruction.length - colon[0].length > 20) {
      data = instruction.slice(colon[0].length);
      instruction = colon[0].replace(/:\s+$/, '');
    }
  }
  const heading = headings.exec(fold(data));
  data = heading ? data.slice(heading[0].length) : data;
  const rest = clean
    .split(/(?<=[.!?:])\s+/)
    .slice(1)
    .join(' ');
  return { instruction: instruction.trim(), data: data.trim(), rest, facts: factsIn(data) };
}

function factsIn(data: string): [string, string][] {
  const json = parsed(data);
  if (json !== undefined) return flatten(json);
  const facts: [string, string][] = [];
  for (const line of data.split('\n').slice(0, 500)) {
    const match = /^\s{0,8}[-*]? ?([\p{L}][\p{L}\d _-]{0,40}): {0,3}(\S.{0,2000})$/u.exec(line);
    if (match?.[1] && match[2]) facts.push([match[1], match[2]]);
  }
  return facts;
}

function parsed(data: string): unknown {
  const start = data.search(/[{[]/);
  if (start < 0 || start > 3) return undefined;
  try {
    return JSON.parse(data.slice(start));
  } catch {
    return undefined;
  }
}

/** Leaves of an object, named by their last key. Depth and number are bounded. */
function flatten(value: unknown, key = '', depth = 0): [string, string][] {
  if (depth > 5) return [];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return key === '' ? [] : [[key, String(value)]];
  if (Array.isArray(value)) return value.slice(0, 50).flatMap((one) => flatten(one, key, depth + 1));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value)
    .slice(0, 100)
    .flatMap(([name, one]) => flatten(one, name, depth + 1));
}
