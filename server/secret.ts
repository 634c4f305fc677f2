import { inspect } from 'node:util';

/**
 * A text that must not be printed. Interpolation, JSON, logging and inspection all show `[secret]`; only `reveal()` gives
 * the text, so that each use of it can be found by its name.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
