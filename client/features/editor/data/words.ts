import { t } from '../../../i18n/t.ts';
import { formatBytes } from '../../../ui/format.ts';
import { binaryIn, type Binary } from './shorten.ts';

/** “image/png, 12 kB”. */
export function binaryInWords({ type, bytes }: Binary): string {
  return t('{type}, {size}', { type: type ?? t('Binary data'), size: formatBytes(bytes) });
}

/** What stands for a text that is no text to read, or longer than `most`; null: it is shown as it is. */
export function describeText(text: string, most: number): string | null {
  const binary = binaryIn(text);
  if (binary) return `(${binaryInWords(binary)})`;
  return text.length > most ? `${text.slice(0, most)}… (${t('{n} characters', { n: text.length })})` : null;
}
