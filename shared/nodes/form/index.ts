import { z } from 'zod';
import { defineNode, outPort } from '../contract.ts';
import { clip, field, plainField, switchField } from '../fields.ts';
import { formFieldTypes, fieldProblems, sampleSubmission } from './submission.ts';

const formFieldSchema = z.object({
  name: plainField({
    title: 'Name',
    placeholder: 'email',
    max: 64,
    description: 'Later steps read it as {{ trigger.fields.email }}.',
  }),
  label: plainField({ title: 'Label', placeholder: 'Your e-mail address', max: 200 }),
  type: field(z.enum(formFieldTypes).default('text'), {
    title: 'Type',
    widget: 'select',
    options: [
      { value: 'text', label: 'Text' },
      { value: 'email', label: 'E-mail address' },
      { value: 'textarea', label: 'Long text' },
      { value: 'number', label: 'Number' },
      { value: 'select', label: 'Choice' },
      { value: 'checkbox', label: 'Tick box' },
    ],
  }),
  required: switchField({ title: 'Must be filled in', default: false }),
  options: field(z.array(z.string().max(200)).max(200).default([]), {
    title: 'Choices',
    widget: 'list',
    showWhen: { field: 'type', in: ['select'] },
  }),
});

export const config = z.object({
  title: plainField({ title: 'Title', default: 'Contact us', max: 200 }),
  description: plainField({
    title: 'Introduction',
    widget: 'textarea',
    rows: 3,
    placeholder: 'We answer within a day.',
  }),
  fields: field(
    z
      .array(formFieldSchema)
      .max(50)
      .default([
        { name: 'name', label: 'Your name', type: 'text', required: true, options: [] },
        { name: 'email', label: 'Your e-mail address', type: 'email', required: true, options: [] },
        { name: 'message', label: 'Message', type: 'textarea', required: false, options: [] },
      ]),
    { title: 'Fields', widget: 'fields' },
  ),
  submitLabel: plainField({ title: 'Button', default: 'Send', max: 60 }),
  thanks: plainField({
    title: 'After sending',
    widget: 'textarea',
    rows: 2,
    default: 'Thank you! We have received your message.',
  }),
});

export const node = defineNode({
  kind: 'form',
  version: 1,
  group: 'trigger',
  icon: 'clipboard-list',
  trigger: 'form',
  texts: {
    title: 'Form',
    description: 'Starts when someone sends a web form',
    help: 'Makes a web page with the fields you name and starts the workflow with each submission. Answers are in {{ trigger.fields.<name> }}.',
  },
  config,
  ports: { in: [], out: [outPort] },
  effect: 'none',
  summary: ({ title, fields }) =>
    clip(`${title || 'Form'}: ${fields.map(({ label, name }) => label || name).join(', ')}`, 110),
  check(settings) {
    const problems = fieldProblems(settings.fields);
    if (settings.title.trim() === '') problems.unshift({ field: 'title', message: 'Give the form a title.' });
    return problems;
  },
  sample: ({ fields }) => sampleSubmission(fields),
  preview: ({ title }) => ({ summary: `Starts when someone sends the form “${clip(title, 60)}”` }),
});
