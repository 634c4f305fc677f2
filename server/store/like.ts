/** A text as the pattern of ILIKE that finds just it: its own signs mean nothing. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** The pattern of ILIKE for values that have the text anywhere. */
export function containing(text: string): string {
  return `%${literally(text)}%`;
}
