/**
 * The value of one text of a JSON answer that is still being written: `{"message": "Added a del`. Undefined until it begins. Escapes that
 * are not complete yet are left out.
 */
export function partialText(answer: string, key: string): string | undefined {
  const opening = new RegExp(`[{,]\\s*"${key}"\\s*:\\s*"`).exec(answer);
  if (opening === null) return undefined;
  const start = opening.index + opening[0].length;
  let end = start;
  while (end < answer.length && answer[end] !== '"') {
    const length = answer[end] === '\\' ? (answer[end + 1] === 'u' ? 6 : 2) : 1;
    if (end + length > answer.length) break;
    end += length;
  }
  try {
    return JSON.parse(`"${answer.slice(start, end)}"`) as string;
  } catch {
    // Half of a pair of surrogates, or a raw line break: the next piece completes it.
    return undefined;
  }
}
