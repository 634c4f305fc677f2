/**
 * Takes secrets out of settings before they leave in a file. People put them where there is room: in headers, query strings, bodies and prompts.
 * What looks like one goes; what is only put in by an expression stays, for it is not in the text.
 */

/** What stands in a text where a secret was. */
export const removedMark = '(removed)';

const secretName =
  /^(?:x-)?(?:.*[-_.])?(?:authorization|auth|cookie|token|secret|signature|sig|password|passwd|pwd|passphrase|credentials?|api-?_?key|apikey|access-?_?key|private-?_?key|key|bearer)$/i;
const pairName = String.raw`([\w.-]{0,60}(?:token|secret|signature|password|passwd|pwd|passphrase|api[-_]?key|access[-_]?key|private[-_]?key|authorization))`;

/** Each: what is found, and what stays of it. */
const inText: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,6000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, removedMark],
  [/\b(?:Bearer|Basic)\s+(?!\{)[\w.~+/=-]{8,}/gi, removedMark],
  [/\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, removedMark],
  [
    /\b(?:sk|pk|rk)[-_](?:[a-z0-9]+[-_])*[A-Za-z0-9_-]{16,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[a-z]-[\w-]{10,}/g,
    removedMark,
  ],
  [
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bwhsec_\w{16,}|\bmw_\w{16,}/g,
    removedMark,
  ],
  [
    /(https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks)\/)[^\s"'<>]+/gi,
    `$1${removedMark}`,
  ],
  [/(https?:\/\/)[^\s/?#@"'<>{}]{1,200}@/gi, '$1'],
  [/([?&](?:key|sig|auth|code)=)(?!\{)[^&#\s"'<>]{6,}/gi, `$1${removedMark}`],
  [new RegExp(String.raw`([?&]${pairName}=)(?!\{)[^&#\s"'<>]+`, 'gi'), `$1${removedMark}`],
  [new RegExp(String.raw`("${pairName}"\s*:\s*")(?!\{)[^"]+`, 'gi'), `$1${removedMark}`],
];

/** The settings without secrets, and the dotted names of those that had some. */
export function withoutSecrets(config: Record<string, unknown>): {
  config: Record<string, unknown>;
  fields: string[];
} {
  const fields: string[] = [];
  const clean = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      const text = inText.reduce((rest, [pattern, stays]) => rest.replace(pattern, stays), value);
      if (text !== value) fields.push(path);
      return text;
    }
    if (Array.isArray(value)) return value.map((one: unknown, index) => clean(one, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        const inner = path === '' ? key : `${path}.${key}`;
        const isSecret = key === 'value' && 'name' in value && isLiteralSecret(value.name, one);
        if (!isSecret) return [key, clean(one, inner)];
        fields.push(inner);
        return [key, ''];
      }),
    );
  };
  return { config: clean(config, '') as Record<string, unknown>, fields };
}

/** A row such as the header `authorization` whose value is written out, in whole or in part. */
function isLiteralSecret(name: unknown, value: unknown): boolean {
  if (typeof name !== 'string' || typeof value !== 'string' || !secretName.test(name.trim())) return false;
  const literal = value.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, '').replace(/^\s*(?:bearer|basic|token)\b/i, '');
  return literal.trim() !== '';
}
