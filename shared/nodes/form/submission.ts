/** What people send through a form: checked on the server, by the same rules that the page shows. */
import { AppError } from '../../errors.ts';
import { parseAddresses } from '../addresses.ts';
import { asText, clip, setOwn } from '../fields.ts';
import { asNumber } from '../operators.ts';

export const formFieldTypes = ['text', 'email', 'textarea', 'number', 'select', 'checkbox'] as const;

export interface FormField {
  name: string;
  label: string;
  type: (typeof formFieldTypes)[number];
  required: boolean;
  options: readonly string[];
}

export type Submission =
  | { ok: true; output: { fields: Record<string, unknown>; submittedAt: string } }
  /** One message per field name. */
  | { ok: false; errors: Record<string, string> };

const longest = { text: 2_000, email: 320, textarea: 50_000, number: 40, select: 200, checkbox: 10 } as const;

/**
 * Reads what was sent: texts trimmed, numbers as numbers, tick boxes as booleans, empty optional fields as null. Fields that the form does not have
 * are dropped.
 */
export function parseSubmission(
  config: { fields: readonly FormField[] },
  sent: Readonly<Record<string, unknown>>,
  now: Date,
): Submission {
  const values: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const formField of config.fields) {
    const { name } = formField;
    try {
      setOwn(values, name, readField(formField, Object.hasOwn(sent, name) ? sent[name] : undefined));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setOwn(errors, name, error.message);
    }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, output: { fields: values, submittedAt: now.toISOString() } };
}

function readField(formField: FormField, sent: unknown): unknown {
  const { type, required } = formField;
  if (type === 'checkbox') {
    const ticked = ['true', 'on', '1', 'yes'].includes(asText(sent).toLowerCase());
    if (required && !ticked) fail('Please tick this box.');
    return ticked;
  }
  // A field that was sent twice arrives as a list: the last one counts.
  const text = asText(Array.isArray(sent) ? sent.at(-1) : sent).trim();
  if (text === '') return required ? fail('Please fill this in.') : null;
  if (text.length > longest[type]) fail(`Please use at most ${longest[type]} characters.`);
  return readText(formField, text);
}

function readText({ name, type, options }: FormField, text: string): unknown {
  switch (type) {
    case 'textarea':
      return text.replace(/\r\n?/g, '\n');
    case 'text':
    case 'checkbox':
      return text.replace(/\s+/g, ' ');
    case 'number':
      // People write 1,5 in half of the world.
      return asNumber(/^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text) ?? fail('Please enter a number.');
    case 'select':
      return options.includes(text) ? text : fail('Please choose one of the options.');
    case 'email': {
      const addresses = readAddresses(text, name);
      return addresses.length === 1 && addresses[0]?.name === ''
        ? addresses[0].address
        : fail('Please enter one e-mail address.');
    }
  }
}

function readAddresses(text: string, name: string) {
  try {
    return parseAddresses(text, name);
  } catch {
    return fail('Please enter an e-mail address such as ada@example.com.');
  }
}

function fail(message: string): never {
  throw new AppError('bad_request', message);
}

/** What is missing in the settings of the form's fields. */
export function fieldProblems(fields: readonly FormField[]): { field: string; message: string }[] {
  if (fields.length === 0) return [{ field: 'fields', message: 'Add at least one field.' }];
  const problems: { field: string; message: string }[] = [];
  const seen = new Set<string>();
  for (const [index, { name, type, options }] of fields.entries()) {
    const at = `fields.${index}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) {
      problems.push({
        field: `${at}.name`,
        message: 'Name the field with letters, digits and _, starting with a letter.',
      });
    } else if (seen.has(name))
      problems.push({ field: `${at}.name`, message: `There are two fields “${clip(name, 40)}”.` });
    seen.add(name);
    if (type === 'select' && options.filter((option) => option.trim() !== '').length === 0) {
      problems.push({ field: `${at}.options`, message: 'Add the choices.' });
    }
  }
  return problems;
}

const samples: Readonly<Record<FormField['type'], unknown>> = {
  text: 'Ada Lovelace',
  email: 'ada@example.com',
  textarea: 'I would like an offer for 20 seats.',
  number: 20,
  select: '',
  checkbox: true,
};

export function sampleSubmission(fields: readonly FormField[]): {
  fields: Record<string, unknown>;
  submittedAt: string;
} {
  const values = fields.map(
    ({ name, type, options }) => [name, type === 'select' ? (options[0] ?? '') : samples[type]] as const,
  );
  return { fields: Object.fromEntries(values), submittedAt: '2026-01-01T09:00:00.000Z' };
}
