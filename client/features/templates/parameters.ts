import type { Template } from '../../../shared/api/templates.ts';
import { t } from '../../i18n/t.ts';

export type Parameter = Template['parameters'][number];

const patterns: Partial<Record<Parameter['type'], { pattern: RegExp; problem: string }>> = {
  email: { pattern: /^[^\s@,]+@[^\s@,]+$/, problem: t('Enter one e-mail address') },
  url: { pattern: /^https?:\/\/\S+$/i, problem: t('Enter an address that starts with http:// or https://') },
  number: { pattern: /^-?\d+(\.\d+)?$/, problem: t('Enter a number') },
  time: { pattern: /^([01]?\d|2[0-3]):[0-5]\d$/, problem: t('Enter a time such as 08:30') },
};

/** What is wrong with a value, in words; null when it can be used. */
export function checkParameter(parameter: Parameter, value: string): string | null {
  const text = value.trim();
  if (!text) return parameter.required ? t('Fill this in') : null;
  const rule = patterns[parameter.type];
  return rule && !rule.pattern.test(text) ? rule.problem : null;
}

/** What stands in the form at first: the default, or for the time zone that of the workspace, where it can be chosen. */
export function firstValue(parameter: Parameter, workspaceZone: string): string {
  const isZone = parameter.key === 'timezone';
  if (isZone && parameter.options?.some(({ value }) => value === workspaceZone)) return workspaceZone;
  return parameter.default;
}
