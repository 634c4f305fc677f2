import type { Mix, Token } from './look.ts';

/** The theme's colours as the canvas element wants them. */
export interface Palette {
  color(token: Token): string;
  mix(mix: Mix): string;
}

/** Reads the tokens as they are now on an element; another colour scheme needs another palette. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return createPalette((token) => style.getPropertyValue(`--mw-${token}`).trim());
}

/** @param read gives a token's value: `#rgb` or `#rrggbb`. */
export function createPalette(read: (token: Token) => string): Palette {
  const colors = new Map<Token, string>();
  const mixes = new Map<string, string>();
  const color = (token: Token): string => {
    const known = colors.get(token) ?? (read(token) || '#888888');
    colors.set(token, known);
    return known;
  };
  return {
    color,
    mix({ of, percent, over }) {
      const key = `${of} ${percent} ${over}`;
      const known = mixes.get(key) ?? mixed(color(of), color(over), percent / 100);
      mixes.set(key, known);
      return known;
    },
  };
}

function mixed(a: string, b: string, share: number): string {
  const [one, other] = [channels(a), channels(b)];
  const parts = one.map((value, i) => Math.round(value * share + (other[i] ?? 0) * (1 - share)));
  return `rgb(${parts.join(' ')})`;
}

function channels(hex: string): number[] {
  const digits = hex.replace('#', '');
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16) || 0);
}
