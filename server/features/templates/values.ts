import { z } from 'zod';
import type { Template } from '../../../shared/api/templates.ts';
import { AppError } from '../../../shared/errors.ts';

type Parameter = Template['parameters'][number];

const MAX_CHARS = 10_000;

/**
 * Checks what a person typed into a template's form; a field left out takes its default.
 * @throws AppError `bad_request` with `details.fields`: parameter key → what is wrong.
 */
export function checkValues(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const fields: Record<string, string> = {};
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const { key, type } = parameter;
    const raw = Object.hasOwn(given, key) ? (given[key] ?? '') : parameter.default;
    const value = type === 'textarea' ? raw.trim() : raw.replace(/\s+/g, ' ').trim();
    const problem = problemOf(parameter, value);
    if (problem) fields[key] = problem;
    else values.set(key, value);
  }
  const known = new Set(parameters.map(({ key }) => key));
  for (const key of Object.keys(given)) if (!known.has(key)) fields[key] = 'this template does not ask for it';
  const lines = Object.entries(fields).map(([key, message]) => `${key}: ${message}`);
  if (lines.length > 0) throw new AppError('bad_request', lines.join('; ').slice(0, 500), { details: { fields } });
  return values;
}

function problemOf({ type, required, options }: Parameter, value: string): string | null {
  if (value === '') return required ? 'fill this in' : null;
  if (value.length > MAX_CHARS) return `at most ${MAX_CHARS} characters`;
  switch (type) {
    case 'text':
    case 'textarea':
      return null;
    case 'email':
      return z.email().safeParse(value).success ? null : 'enter an e-mail address';
    case 'url':
      return z.url({ protocol: /^https?$/ }).safeParse(value).success
        ? null
        : 'enter an address that starts with https://';
    case 'number':
      return Number.isFinite(Number(value)) ? null : 'enter a number';
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? null : 'enter a time such as 09:30';
    case 'select':
      return options?.some((option) => option.value === value) ? null : 'choose one of the options';
  }
}
