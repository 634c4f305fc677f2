/** `Ada Lovelace <ada@example.com>` → `Ada Lovelace`; a plain address stays. */
export function nameOf(address: string): string {
  const name = /^\s*"?([^"<]*?)"?\s*</.exec(address)?.[1]?.trim();
  return name ? name : address.replace(/^\s*<(.*)>\s*$/, '$1').trim();
}
