/**
 * Reads the steps out of a JSON answer while it is still being written: `{…, "steps": [ {…}, {…} ], …}`. Each step is handed out as soon as
 * its object is complete. Prose or a code fence before the first brace is skipped.
 */
export class StepStream {
  private text = '';
  private at = -1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private stringStart = 0;
  /** The last string at depth 1: the key that a following `[` belongs to. */
  private key = '';
  private inSteps = false;
  private stepStart = -1;

  /** Takes the whole text so far; returns the steps that have become complete. An object that is no JSON is left out. */
  push(textSoFar: string): unknown[] {
    this.text = textSoFar;
    if (this.at < 0) this.at = textSoFar.indexOf('{');
    if (this.at < 0) return [];
    const steps: unknown[] = [];
    for (; this.at < textSoFar.length; this.at++) {
      const step = this.read(textSoFar.charCodeAt(this.at));
      if (step !== undefined) steps.push(step);
    }
    return steps;
  }

  private read(char: number): unknown {
    if (this.inString) {
      this.readString(char);
      return undefined;
    }
    switch (char) {
      case quote:
        this.inString = true;
        this.stringStart = this.at;
        return undefined;
      case openBrace:
      case openBracket:
        return this.open(char);
      case closeBrace:
      case closeBracket:
        return this.close(char);
      default:
        return undefined;
    }
  }

  private readString(char: number): void {
    if (this.escaped) this.escaped = false;
    else if (char === backslash) this.escaped = true;
    else if (char === quote) {
      this.inString = false;
      if (this.depth === 1) this.key = this.text.slice(this.stringStart + 1, this.at);
    }
  }

  private open(char: number): undefined {
    if (this.depth === 1 && char === openBracket && this.key === 'steps') this.inSteps = true;
    if (this.depth === 2 && char === openBrace && this.inSteps) this.stepStart = this.at;
    this.depth++;
  }

  private close(char: number): unknown {
    this.depth--;
    if (this.depth === 1 && char === closeBracket) this.inSteps = false;
    if (this.depth !== 2 || char !== closeBrace || this.stepStart < 0) return undefined;
    const json = this.text.slice(this.stepStart, this.at + 1);
    this.stepStart = -1;
    try {
      return JSON.parse(json);
    } catch {
      return undefined;
    }
  }
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
