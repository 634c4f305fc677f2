import { microPerCredit } from '../../shared/workflow/pricing.ts';
import { language } from '../i18n/language.ts';
import { t } from '../i18n/t.ts';

const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });

/** Micro-credits as credits: `1,240.5`, `0.0031`; never rounded to zero when it is not. */
export function formatCredits(micro: number): string {
  const credits = micro / microPerCredit;
  return credits !== 0 && Math.abs(credits) < 0.01 ? small.format(credits) : number.format(credits);
}

const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** For columns of figures: at least two, at most four decimals; `signed` puts + or − before it. */
export function formatAmount(micro: number, signed = false): string {
  const size = amount.format(Math.abs(micro) / microPerCredit);
  if (micro < 0) return `−${size}`;
  return signed && micro > 0 ? `+${size}` : size;
}

/** With the word: `1 credit`, `0.5 credits`. */
export function creditsInWords(micro: number): string {
  return micro === microPerCredit ? t('1 credit') : t('{amount} credits', { amount: formatCredits(micro) });
}

const tenth = new Intl.NumberFormat(language, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
});

/** Milliseconds as people read them: `340 ms`, `1.2 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 59_950) return `${tenth.format(ms / 1_000)} s`;
  const units: [number, string][] = [
    [86_400, t('d')],
    [3_600, t('h')],
    [60, 'min'],
    [1, 's'],
  ];
  let rest = Math.round(ms / 1_000);
  const parts: string[] = [];
  for (const [seconds, unit] of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' });
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `just now`, `5 minutes ago`, `yesterday`, `in 2 hours`. */
export function formatAgo(iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1_000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 20 ? t('in a moment') : t('just now');
}

const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

export function formatInstant(iso: string): string {
  return full.format(new Date(iso));
}

const dateOnly = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

export function formatDate(iso: string): string {
  return dateOnly.format(new Date(iso));
}

/** `820 B`, `14 kB`, `2.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${tenth.format(bytes / 1_000_000)} MB`;
}

const clock = new Intl.DateTimeFormat(language, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** `14:03:07.250`, in the reader's zone. */
export function formatClock(at: number): string {
  return clock.format(at);
}
