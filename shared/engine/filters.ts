/** Filters beyond Liquid's own, for people who write mails. Documented in docs/expressions.md. Pure: `now` comes from the scope. */
import { type FilterImplOptions, filters as liquidFilters } from 'liquidjs';
import { AppError } from '../errors.ts';
import { asText } from '../nodes/fields.ts';
import { escapeHtml, htmlToText } from '../nodes/html-text.ts';
import { asNumber } from '../nodes/operators.ts';

const liquidDate = liquidFilters.date as (this: unknown, ...args: unknown[]) => unknown;

export const customFilters: Record<string, FilterImplOptions> = {
  /** `{{ now | date: "%d.%m.%Y %H:%M", "Europe/Berlin" }}`; “now” and “today” mean the scope's `now`. */
  date(value: unknown, format?: unknown, zone?: unknown) {
    const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
    const instant = text === 'now' || text === 'today' ? this.context.getSync(['now']) : value;
    checkZone(zone);
    return liquidDate.call(this, instant, format, zone ?? 0);
  },
  /** `{{ 1234.5 | number: 2, "de" }}` → 1.234,50 */
  number(value: unknown, digits?: unknown, locale?: unknown) {
    const number = asNumber(value);
    if (number === undefined) return value;
    const fraction =
      digits === undefined ? {} : { minimumFractionDigits: places(digits), maximumFractionDigits: places(digits) };
    return formatNumber(number, locale, fraction);
  },
  /** `{{ 1234.5 | money: "EUR", "de" }}` → 1.234,50 € */
  money(value: unknown, currency: unknown = 'USD', locale?: unknown) {
    const number = asNumber(value);
    return number === undefined
      ? value
      : formatNumber(number, locale, { style: 'currency', currency: asText(currency) });
  },
  /** `{{ "Ada Lovelace" | first_name }}` → Ada; of “Lovelace, Ada” also. */
  first_name(value: unknown) {
    const name = asText(value).trim();
    const afterComma = name.includes(',') ? name.slice(name.indexOf(',') + 1).trim() : name;
    return (afterComma || name).split(/\s+/)[0] ?? '';
  },
  /** Plain text to HTML: escaped, blank lines part paragraphs, line ends become `<br>`. */
  paragraphs: {
    raw: true,
    handler(value: unknown) {
      const text = asText(value).replace(/\r\n?/g, '\n').trim();
      this.context.memoryLimit.use(text.length);
      if (text === '') return '';
      const paragraphs = text.split(/\n{2,}/);
      return paragraphs.map((part) => `<p>${escapeHtml(part.trim()).replaceAll('\n', '<br>\n')}</p>`).join('\n');
    },
  },
  /** HTML to readable text. */
  html_to_text(value: unknown) {
    const html = asText(value);
    this.context.memoryLimit.use(html.length);
    return htmlToText(html);
  },
};

function places(value: unknown): number {
  return Math.max(0, Math.min(10, Math.trunc(asNumber(value) ?? 0)));
}

function formatNumber(number: number, locale: unknown, options: Intl.NumberFormatOptions): string {
  try {
    return new Intl.NumberFormat(asText(locale) || 'en-US', options).format(number);
  } catch {
    throw new AppError(
      'expression',
      `“${asText(options.currency ?? locale)}” is not a currency such as "EUR", or the language is not one such as "de".`,
    );
  }
}

const knownZones = new Set<string>();

function checkZone(zone: unknown): void {
  if (typeof zone !== 'string' || knownZones.has(zone)) return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    if (knownZones.size < 1_000) knownZones.add(zone);
  } catch {
    throw new AppError('expression', `“${zone}” is not a time zone such as "Europe/Berlin".`);
  }
}
