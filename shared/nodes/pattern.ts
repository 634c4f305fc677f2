/**
 * Regular expressions that cannot hang: a small parser and a simulation of all alternatives at once (Thompson's construction), so the time
 * is at most states × characters, whatever pattern a person or a model wrote. JavaScript's own engine backtracks and can run for ever.
 *
 * Understood: literals, `.`, classes `[a-z]`, `\d \w \s \b` and their negations, groups, `|`, `* + ? {n,m}` (also lazy, which makes no
 * difference to whether something matches), `^` and `$`. Refused with a reason: back-references, look-around, named groups.
 */
import {
  type Assertion,
  isWord,
  patternLimits,
  PatternError,
  PatternParser,
  type Piece,
  type Test,
} from './pattern-parser.ts';

export { PatternError } from './pattern-parser.ts';

/** A state consumes a character, asserts, forks or ends. `next` and `other` are state numbers. */
type State =
  | { type: 'char'; test: Test; next: number }
  | { type: 'assert'; assertion: Assertion; next: number }
  | { type: 'fork'; next: number; other: number }
  | { type: 'end' };

export interface Pattern {
  /**
   * True when the pattern occurs anywhere in the text.
   *
   * @throws PatternError when the text is too long for a pattern of this size.
   */
  test(text: string): boolean;
}

/** @throws PatternError with the place and the reason. */
export function compilePattern(source: string, ignoreCase: boolean): Pattern {
  if (source.length > patternLimits.pattern) {
    throw new PatternError(`a pattern has at most ${patternLimits.pattern} characters`, patternLimits.pattern);
  }
  const piece = new PatternParser(source, ignoreCase).parse();
  const program: Program = { states: [{ type: 'end' }], steps: 0 };
  const start = build(piece, 0, program);
  return { test: (text) => simulate(program.states, start, ignoreCase ? text.toLowerCase() : text) };
}

/** `steps` counts pieces built: repetitions of nothing make no state, but nested deeply enough they would never end. */
interface Program {
  states: State[];
  steps: number;
}

const tooLarge = 'the pattern is too large once its repetitions are written out';

function add(program: Program, state: State): number {
  if (program.states.length >= patternLimits.states) throw new PatternError(tooLarge, 0);
  return program.states.push(state) - 1;
}

/** Builds the states of a piece that goes on to `next`; returns where it starts. */
function build(piece: Piece, next: number, program: Program): number {
  if (++program.steps > patternLimits.states * 10) throw new PatternError(tooLarge, 0);
  switch (piece.type) {
    case 'char':
      return add(program, { type: 'char', test: piece.test, next });
    case 'assert':
      return add(program, { type: 'assert', assertion: piece.assertion, next });
    case 'sequence':
      return piece.parts.reduceRight((after, part) => build(part, after, program), next);
    case 'choice': {
      const starts = piece.parts.map((part) => build(part, next, program));
      return starts.reduceRight((other, start) => add(program, { type: 'fork', next: start, other }));
    }
    case 'repeat':
      return buildRepeat(piece, next, program);
  }
}

function buildRepeat(piece: Piece & { type: 'repeat' }, next: number, program: Program): number {
  let after = next;
  if (piece.max === Number.POSITIVE_INFINITY) {
    const fork: State & { type: 'fork' } = { type: 'fork', next, other: next };
    after = add(program, fork);
    fork.next = build(piece.part, after, program);
  } else {
    for (let n = piece.min; n < piece.max; n++) {
      after = add(program, { type: 'fork', next: build(piece.part, after, program), other: next });
    }
  }
  for (let n = 0; n < piece.min; n++) after = build(piece.part, after, program);
  return after;
}

/** Follows all alternatives together; a match may start at every character. */
function simulate(states: readonly State[], start: number, text: string): boolean {
  if (states.length * text.length > patternLimits.work) {
    throw new PatternError(`a text of ${text.length} characters is too long for a pattern of this size`, 0);
  }
  const marks = new Int32Array(states.length).fill(-1);
  let current: number[] = [];
  let following: number[] = [];
  const stack: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    stack.push(...current, start);
    current = [];
    while (stack.length > 0) {
      const number = stack.pop() as number;
      if (marks[number] === at) continue;
      marks[number] = at;
      const state = states[number] as State;
      if (state.type === 'end') return true;
      if (state.type === 'char') current.push(number);
      else if (state.type === 'fork') stack.push(state.other, state.next);
      else if (holds(state.assertion, text, at)) stack.push(state.next);
    }
    if (at === text.length) return false;
    const char = text[at] as string;
    following = [];
    for (const number of current) {
      const state = states[number] as State & { type: 'char' };
      if (state.test(char)) following.push(state.next);
    }
    current = following;
  }
  return false;
}

function holds(assertion: Assertion, text: string, at: number): boolean {
  if (assertion === 'start') return at === 0;
  if (assertion === 'end') return at === text.length;
  const boundary = isWord(text[at - 1] ?? '') !== isWord(text[at] ?? '');
  return assertion === 'word' ? boundary : !boundary;
}
