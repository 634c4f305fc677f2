/** What is wrong with a header, in words; undefined when it may be sent. Nothing that passes can start another header. */
export function headerProblem(name: string, value: string): string | undefined {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}$/.test(name))
    return `“${name.slice(0, 60).replace(/\s+/g, ' ')}” is not a header name.`;
  // Tab and visible characters; Latin-1 is what HTTP carries.
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(value)
    ? undefined
    : `The header “${name}” holds line breaks or characters that HTTP cannot carry.`;
}
