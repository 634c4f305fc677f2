import { z } from 'zod';
import { limits } from '../../workflow/graph.ts';
import { defineNode, inPort, outPort } from '../contract.ts';
import { choiceField, clip, field, plainField, textField } from '../fields.ts';
import { answerFieldSchema, answerSchema, exampleAnswer } from './answer.ts';

export const config = z.object({
  prompt: textField({
    title: 'Prompt',
    widget: 'textarea',
    rows: 8,
    max: limits.promptChars,
    placeholder:
      'Write a friendly welcome mail to {{ trigger.body.name }}, who is interested in {{ trigger.body.topic }}.',
    description: 'What the model should do. Put in values of earlier steps with {{ }}.',
  }),
  system: textField({
    title: 'Role and rules',
    widget: 'textarea',
    rows: 3,
    max: limits.promptChars,
    placeholder: 'You write for a small flower shop: warm, short, no exclamation marks.',
    description: 'How the model should behave in every answer. May be empty.',
  }),
  output: choiceField(['text', 'structured'], 'text', {
    title: 'Answer',
    description: '“Fields” gives named values that conditions and later steps can use.',
    labels: { text: 'Text', structured: 'Fields' },
  }),
  fields: field(z.array(answerFieldSchema).max(50).default([]), {
    title: 'Fields of the answer',
    widget: 'fields',
    showWhen: { field: 'output', in: ['structured'] },
  }),
  provider: choiceField(['auto', 'openai', 'claude', 'inhouse', 'builtin'], 'auto', {
    title: 'Provider',
    description:
      'Automatic takes the first one that is set up. Built-in needs no key and costs nothing, but is no language model.',
    labels: { auto: 'Automatic', openai: 'OpenAI', claude: 'Claude', inhouse: 'In-house model', builtin: 'Built-in' },
  }),
  model: plainField({
    title: 'Model',
    widget: 'model',
    max: 200,
    placeholder: 'The provider’s default',
    advanced: true,
  }),
  maxTokens: field(z.int().min(1).max(64_000).default(800), {
    title: 'Longest answer (tokens)',
    widget: 'number',
    description: 'About ¾ of a word per token. Bounds the cost.',
    advanced: true,
  }),
  temperature: field(z.number().min(0).max(2).nullable().default(null), {
    title: 'Temperature',
    widget: 'number',
    description: '0 is sober, 1 is lively. Empty: the model’s default.',
    advanced: true,
  }),
});
export type Config = z.output<typeof config>;

const exampleText = 'Hello Ada,\n\nthank you for your interest. Here is what happens next …';

/** Without a tokenizer: about four characters a token, as in English prose. */
function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}

export const node = defineNode({
  kind: 'ai-generate',
  version: 1,
  group: 'ai',
  icon: 'sparkles',
  texts: {
    title: 'Generate with AI',
    description: 'Writes text or fills fields with a language model',
    help:
      'Asks OpenAI, Claude, an in-house model or the built-in engine. With “Text” the answer is in {{ steps.<id>.text }}. With “Fields” the model fills ' +
      'the fields you name (text, number, yes/no, list, one of several choices), for example to classify or extract: {{ steps.<id>.data.<field> }}.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  effect: 'read',
  summary({ prompt, output, fields }) {
    if (prompt.trim() === '') return 'No prompt yet';
    if (output === 'structured' && fields.length > 0)
      return clip(`Finds ${fields.map(({ name }) => name || '…').join(', ')}: ${clip(prompt, 60)}`, 110);
    return clip(prompt, 110);
  },
  check(settings) {
    const problems: { field: string; message: string }[] = [];
    if (settings.prompt.trim() === '') problems.push({ field: 'prompt', message: 'Write what the model should do.' });
    if (settings.output === 'structured') problems.push(...fieldProblems(settings));
    return problems;
  },
  sample(settings) {
    const made = {
      model: settings.model || 'example-model',
      provider: settings.provider === 'auto' ? 'builtin' : settings.provider,
    };
    if (settings.output === 'text') return { text: exampleText, ...made };
    const data = exampleAnswer(settings.fields);
    return { data, text: JSON.stringify(data), ...made };
  },
  preview(bound) {
    const { system, prompt, provider, model, maxTokens } = bound;
    const schema = bound.output === 'structured' ? answerSchema(bound.fields) : undefined;
    return {
      summary: `Asks ${provider === 'auto' ? 'the AI' : providerNames[provider]}: “${clip(prompt, 80)}”`,
      prompt: { system, prompt, provider, model, maxTokens, ...(schema ? { schema } : {}) },
    };
  },
  usage({ system, prompt, output, fields, maxTokens, provider, model }) {
    const schemaTokens = output === 'structured' ? tokens(JSON.stringify(answerSchema(fields))) : 0;
    const least = output === 'structured' ? fields.length * 4 : 20;
    return {
      inputTokens: tokens(system) + tokens(prompt) + schemaTokens,
      outputTokens: { min: Math.min(least, maxTokens), max: maxTokens },
      provider,
      model,
    };
  },
});

const providerNames = {
  openai: 'OpenAI',
  claude: 'Claude',
  inhouse: 'the in-house model',
  builtin: 'the built-in engine',
};

function fieldProblems({ fields }: Config): { field: string; message: string }[] {
  if (fields.length === 0) return [{ field: 'fields', message: 'Add at least one field that the answer should have.' }];
  const problems: { field: string; message: string }[] = [];
  const seen = new Set<string>();
  for (const [index, { name, type, choices }] of fields.entries()) {
    const at = `fields.${index}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) {
      problems.push({
        field: `${at}.name`,
        message: 'Name the field with letters, digits and _, starting with a letter.',
      });
    } else if (seen.has(name)) problems.push({ field: `${at}.name`, message: `There are two fields “${name}”.` });
    seen.add(name);
    if (type === 'choice' && choices.filter((choice) => choice.trim() !== '').length < 2) {
      problems.push({ field: `${at}.choices`, message: 'Give at least two choices.' });
    }
  }
  return problems;
}
