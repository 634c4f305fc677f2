/** Where a text stops being JSON. Line and column count from 1, `position` is the character, from 0. */
export interface JsonFault {
  position: number;
  line: number;
  column: number;
  reason: 'ended' | 'unexpected' | 'text' | 'after';
  /** The character that was not expected; empty at the end. */
  found: string;
}

/** Reads JSON as RFC 8259 has it, only to find the first place that is wrong; browsers say that differently, or not at all. Null: it is JSON. */
export function jsonFault(text: string): JsonFault | null {
  const reader = new Reader(text);
  const failed = reader.value() ?? reader.end();
  return failed === null ? null : placed(text, failed);
}

type Failed = Pick<JsonFault, 'position' | 'reason'> | null;

const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const plainText = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const mostDepth = 1_000;

class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  value(): Failed {
    this.skip();
    switch (this.text[this.at]) {
      case '{':
        return this.list('}', () => this.member());
      case '[':
        return this.list(']', () => this.value());
      case '"':
        return this.string();
      default:
        return this.take(word) ? null : this.fail();
    }
  }

  end(): Failed {
    this.skip();
    return this.at < this.text.length ? { position: this.at, reason: 'after' } : null;
  }

  private list(close: string, item: () => Failed): Failed {
    if (++this.depth > mostDepth) return this.fail();
    this.at++;
    this.skip();
    if (this.text[this.at] !== close) {
      for (;;) {
        const failed = item();
        if (failed) return failed;
        this.skip();
        if (this.text[this.at] !== ',') break;
        this.at++;
      }
      if (this.text[this.at] !== close) return this.fail();
    }
    this.at++;
    this.depth--;
    return null;
  }

  private member(): Failed {
    this.skip();
    if (this.text[this.at] !== '"') return this.fail();
    const failed = this.string();
    if (failed) return failed;
    this.skip();
    if (this.text[this.at] !== ':') return this.fail();
    this.at++;
    return this.value();
  }

  private string(): Failed {
    this.at++;
    while (this.take(plainText));
    if (this.text[this.at] !== '"')
      return this.at < this.text.length ? { position: this.at, reason: 'text' } : this.fail();
    this.at++;
    return null;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private skip(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private fail(): Failed {
    return { position: this.at, reason: this.at < this.text.length ? 'unexpected' : 'ended' };
  }
}

function placed(text: string, { position, reason }: NonNullable<Failed>): JsonFault {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return { position, reason, line, column: position - before.lastIndexOf('\n'), found: text[position] ?? '' };
}
