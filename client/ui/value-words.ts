import { t } from '../i18n/t.ts';

/** Whether there is nothing to show of a value. */
export function isEmptyValue(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A value of a setting, for reading and not for machines: lists and records without quotes and braces. */
export function valueInWords(value: unknown): string {
  if (isEmptyValue(value)) return '–';
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? t('yes') : t('no');
    case 'object':
      return Array.isArray(value) ? listInWords(value) : recordInWords(value as Record<string, unknown>);
    default:
      return JSON.stringify(value) ?? '–';
  }
}

function listInWords(list: readonly unknown[]): string {
  if (list.length === 0) return '–';
  const isPlain = list.every((item) => typeof item !== 'object' || item === null);
  return list.map(valueInWords).join(isPlain ? ', ' : '\n');
}

function recordInWords(record: Record<string, unknown>): string {
  const parts = Object.entries(record)
    .filter(([, value]) => !isEmptyValue(value))
    .map(([key, value]) => {
      const words = valueInWords(value);
      return words.includes('\n') ? `${key}:\n${words.replace(/^/gm, '  ')}` : `${key}: ${words}`;
    });
  if (parts.length === 0) return '–';
  return parts.join(parts.some((part) => part.includes('\n')) ? '\n' : ', ');
}
