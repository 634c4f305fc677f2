/** Reads the text of a pattern into pieces; `pattern.ts` says what is understood and runs it. */

/** `work`: states × characters of one test; a few tens of milliseconds at worst. */
export const patternLimits = { pattern: 500, states: 1_000, work: 10_000_000, repeat: 200, depth: 50 } as const;

export class PatternError extends Error {
  /** Character offset in the pattern. */
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.name = 'PatternError';
    this.position = position;
  }
}

export type Test = (char: string) => boolean;
export type Assertion = 'start' | 'end' | 'word' | 'not_word';

export type Piece =
  | { type: 'char'; test: Test }
  | { type: 'assert'; assertion: Assertion }
  | { type: 'sequence'; parts: Piece[] }
  | { type: 'choice'; parts: Piece[] }
  | { type: 'repeat'; part: Piece; min: number; max: number };

export const isWord: Test = (char) => {
  const code = char.charCodeAt(0);
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  return /^[\p{L}\p{N}]$/u.test(char);
};
const isDigit: Test = (char) => char >= '0' && char <= '9';
const isSpace: Test = (char) => /^\s$/.test(char);
const not =
  (test: Test): Test =>
  (char) =>
    !test(char);
const classes: Readonly<Record<string, Test>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };

export class PatternParser {
  private at = 0;
  private depth = 0;
  private readonly source: string;
  private readonly ignoreCase: boolean;

  constructor(source: string, ignoreCase: boolean) {
    this.source = source;
    this.ignoreCase = ignoreCase;
  }

  parse(): Piece {
    const piece = this.choice();
    if (this.at < this.source.length) throw new PatternError('there is a “)” without “(”', this.at);
    return piece;
  }

  private choice(): Piece {
    if (++this.depth > patternLimits.depth) throw new PatternError('brackets are nested too deeply', this.at);
    const parts = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      parts.push(this.sequence());
    }
    this.depth--;
    return parts.length === 1 ? (parts[0] as Piece) : { type: 'choice', parts };
  }

  private sequence(): Piece {
    const parts: Piece[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      parts.push(this.repeated(this.single()));
    }
    return { type: 'sequence', parts };
  }

  private repeated(part: Piece): Piece {
    const open = this.at;
    const bounds = this.bounds();
    if (bounds === undefined) return part;
    if (part.type === 'assert') throw new PatternError('there is nothing to repeat', open);
    if (this.source[this.at] === '?') this.at++;
    if (/^[*+?]/.test(this.source.slice(this.at))) throw new PatternError('a repetition cannot be repeated', this.at);
    return { type: 'repeat', part, ...bounds };
  }

  private bounds(): { min: number; max: number } | undefined {
    const char = this.source[this.at];
    if (char === '*' || char === '+' || char === '?') {
      this.at++;
      return { min: char === '+' ? 1 : 0, max: char === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const counted = char === '{' ? /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(this.source.slice(this.at, this.at + 20)) : null;
    if (counted === null) return undefined;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3]);
    const largest = Number.isFinite(max) ? max : min;
    if (largest > patternLimits.repeat)
      throw new PatternError(`at most ${patternLimits.repeat} repetitions can be asked for`, this.at);
    if (max < min) throw new PatternError('the numbers of a repetition are in the wrong order', this.at);
    this.at += counted[0].length;
    return { min, max };
  }

  private single(): Piece {
    const char = this.source[this.at] as string;
    this.at++;
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return { type: 'char', test: this.set() };
      case '.':
        return { type: 'char', test: (other) => other !== '\n' && other !== '\r' };
      case '^':
        return { type: 'assert', assertion: 'start' };
      case '$':
        return { type: 'assert', assertion: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new PatternError('there is nothing to repeat', this.at - 1);
      default:
        return this.literal(char);
    }
  }

  private literal(char: string): Piece {
    const wanted = this.ignoreCase ? char.toLowerCase() : char;
    return { type: 'char', test: (other) => other === wanted };
  }

  private group(): Piece {
    const open = this.at - 1;
    if (this.source[this.at] === '?') {
      if (this.source[this.at + 1] !== ':')
        throw new PatternError('look-around and named groups are not supported', open);
      this.at += 2;
    }
    const piece = this.choice();
    if (this.source[this.at] !== ')') throw new PatternError('a “(” is not closed', open);
    this.at++;
    return piece;
  }

  private escape(): Piece {
    const char = this.source[this.at];
    if (char === undefined) throw new PatternError('the pattern ends with “\\”', this.at - 1);
    this.at++;
    if (char === 'b' || char === 'B') return { type: 'assert', assertion: char === 'b' ? 'word' : 'not_word' };
    if (char >= '1' && char <= '9') throw new PatternError('back-references are not supported', this.at - 2);
    const test = Object.hasOwn(classes, char) ? classes[char] : undefined;
    if (test !== undefined) return { type: 'char', test };
    return this.literal(this.escapedChar(char));
  }

  private escapedChar(char: string): string {
    if (Object.hasOwn(controls, char)) return controls[char] as string;
    if (/[a-zA-Z0-9]/.test(char)) throw new PatternError(`“\\${char}” is not supported`, this.at - 2);
    return char;
  }

  /** `[…]`, the opening bracket already read. */
  private set(): Test {
    const open = this.at - 1;
    const negated = this.source[this.at] === '^';
    if (negated) this.at++;
    const tests: Test[] = [];
    while (this.at < this.source.length && this.source[this.at] !== ']') tests.push(this.setPart());
    if (this.source[this.at] !== ']') throw new PatternError('a “[” is not closed', open);
    this.at++;
    return negated ? (char) => !tests.some((test) => test(char)) : (char) => tests.some((test) => test(char));
  }

  private setPart(): Test {
    const from = this.setChar();
    if (typeof from !== 'string') return from;
    const isRange =
      this.source[this.at] === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length;
    if (!isRange) return this.range(from, from);
    this.at++;
    const to = this.setChar();
    if (typeof to !== 'string' || to < from)
      throw new PatternError('a range in “[…]” is in the wrong order', this.at - 1);
    return this.range(from, to);
  }

  private setChar(): string | Test {
    const char = this.source[this.at++] as string;
    if (char !== '\\') return char;
    const escaped = this.source[this.at++];
    if (escaped === undefined) throw new PatternError('the pattern ends with “\\”', this.at - 2);
    return (Object.hasOwn(classes, escaped) ? classes[escaped] : undefined) ?? this.escapedChar(escaped);
  }

  /** The text is in lower case already when case does not matter, so both cases of it are tried against the range. */
  private range(from: string, to: string): Test {
    if (!this.ignoreCase) return (char) => char >= from && char <= to;
    return (char) => {
      const upper = char.toUpperCase();
      return (char >= from && char <= to) || (upper >= from && upper <= to);
    };
  }
}
