/** The structured answer: fields as a person defines them, as JSON Schema for the model, and the check of what came back. */
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { asNumber } from '../operators.ts';
import { asRecord, clip, field, plainField, setOwn } from '../fields.ts';

const fieldTypes = ['text', 'number', 'boolean', 'list', 'choice'] as const;

export const answerFieldSchema = z.object({
  name: plainField({ title: 'Name', placeholder: 'category', max: 64 }),
  type: field(z.enum(fieldTypes).default('text'), {
    title: 'Type',
    widget: 'select',
    options: [
      { value: 'text', label: 'Text' },
      { value: 'number', label: 'Number' },
      { value: 'boolean', label: 'Yes or no' },
      { value: 'list', label: 'List of texts' },
      { value: 'choice', label: 'One of several' },
    ],
  }),
  description: plainField({ title: 'What it should hold', placeholder: 'The kind of request', max: 500 }),
  choices: field(z.array(z.string().max(200)).max(100).default([]), {
    title: 'Choices',
    widget: 'list',
    showWhen: { field: 'type', in: ['choice'] },
  }),
});
export type AnswerField = z.output<typeof answerFieldSchema>;

function cleanChoices({ choices }: AnswerField): string[] {
  return [...new Set(choices.map((choice) => choice.trim()).filter((choice) => choice !== ''))];
}

function propertySchema(answerField: AnswerField): Record<string, unknown> {
  const description = answerField.description === '' ? {} : { description: answerField.description };
  switch (answerField.type) {
    case 'text':
    case 'number':
    case 'boolean':
      return { type: answerField.type === 'text' ? 'string' : answerField.type, ...description };
    case 'list':
      return { type: 'array', items: { type: 'string' }, ...description };
    case 'choice':
      return { type: 'string', enum: cleanChoices(answerField), ...description };
  }
}

/** JSON Schema in the strict form that all providers take: every field required, nothing else allowed. */
export function answerSchema(fields: readonly AnswerField[]): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((answerField) => [answerField.name, propertySchema(answerField)])),
    required: fields.map(({ name }) => name),
    additionalProperties: false,
  };
}

export function exampleAnswer(fields: readonly AnswerField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((answerField) => [answerField.name, exampleValue(answerField)]));
}

function exampleValue(answerField: AnswerField): unknown {
  switch (answerField.type) {
    case 'text':
      return 'example';
    case 'number':
      return 42;
    case 'boolean':
      return true;
    case 'list':
      return ['first', 'second'];
    case 'choice':
      return cleanChoices(answerField)[0] ?? 'example';
  }
}

/**
 * The answer with exactly the fields that were asked for. Models slip in small ways (a number as text, a choice in other case); those are put right.
 *
 * @throws AppError `provider_output`, retryable, naming the first field that does not fit.
 */
export function readAnswer(fields: readonly AnswerField[], json: unknown): Record<string, unknown> {
  const answer = asRecord(json);
  if (answer === undefined) throw misfit('The model did not answer with the fields that were asked for.');
  const data: Record<string, unknown> = {};
  for (const answerField of fields) {
    const { name } = answerField;
    const given = Object.hasOwn(answer, name) ? answer[name] : undefined;
    const value = readValue(answerField, given);
    if (value === undefined)
      throw misfit(
        `The model's answer does not fit the field “${name}”: ${clip(JSON.stringify(given) ?? 'nothing', 80)}.`,
      );
    setOwn(data, name, value);
  }
  return data;
}

function readValue(answerField: AnswerField, given: unknown): unknown {
  switch (answerField.type) {
    case 'text':
      return typeof given === 'string'
        ? given
        : typeof given === 'number' || typeof given === 'boolean'
          ? String(given)
          : undefined;
    case 'number':
      return asNumber(given);
    case 'boolean':
      if (typeof given === 'boolean') return given;
      return given === 'true' ? true : given === 'false' ? false : undefined;
    case 'list':
      return Array.isArray(given) && given.every((entry) => typeof entry !== 'object') ? given.map(String) : undefined;
    case 'choice': {
      const wanted = String(given).trim().toLowerCase();
      return cleanChoices(answerField).find((choice) => choice.toLowerCase() === wanted);
    }
  }
}

function misfit(message: string): AppError {
  return new AppError('provider_output', message, { retryable: true });
}
