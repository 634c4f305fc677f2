import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { defineNode, inPort, outPort } from '../contract.ts';
import { choiceField, clip, field, plainField, switchField, textField } from '../fields.ts';
import type { Feed } from './feed.ts';
import { composeRequest } from './request.ts';

const pairSchema = (name: string, value: string) =>
  z.object({
    name: plainField({ title: 'Name', placeholder: name, max: 200 }),
    value: textField({ title: 'Value', placeholder: value, max: 20_000 }),
  });

export const config = z.object({
  method: choiceField(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'], 'GET', {
    title: 'Method',
    labels: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE', HEAD: 'HEAD' },
  }),
  url: textField({ title: 'Address', placeholder: 'https://api.example.com/customers/{{ input.id }}', max: 8_000 }),
  query: field(z.array(pairSchema('page', '1')).max(100).default([]), {
    title: 'Query',
    widget: 'keyvalue',
    description: 'Added to the address after “?”.',
  }),
  headers: field(z.array(pairSchema('accept', 'application/json')).max(100).default([]), {
    title: 'Headers',
    widget: 'keyvalue',
  }),
  bodyType: choiceField(['none', 'json', 'form', 'text'], 'none', {
    title: 'Body',
    labels: { none: 'None', json: 'JSON', form: 'Form', text: 'Text' },
    showWhen: { field: 'method', in: ['POST', 'PUT', 'PATCH', 'DELETE'] },
  }),
  body: textField({
    title: 'Content',
    widget: 'code',
    rows: 8,
    placeholder: '{ "email": {{ trigger.body.email | json }} }',
    description: 'In JSON, put values in with “| json”. A form is a JSON object of fields, or name=value&name=value.',
    showWhen: { field: 'bodyType', in: ['json', 'form', 'text'] },
  }),
  answer: choiceField(['auto', 'json', 'xml', 'feed'], 'auto', {
    title: 'Read the answer as',
    labels: { auto: 'What it says it is', json: 'JSON', xml: 'XML', feed: 'News feed (RSS, Atom)' },
    description:
      'JSON that says so is read by itself, all else is text. XML becomes fields: attributes as “@name”, several elements of one name as a list. ' +
      'A feed has a title and items with title, link, date, author and summary.',
    advanced: true,
  }),
  timeoutMs: field(z.int().min(100).max(300_000).default(30_000), {
    title: 'Give up after (milliseconds)',
    widget: 'number',
    advanced: true,
  }),
  failOnStatus: switchField({
    title: 'Status 400 and above is a failure',
    default: true,
    description: 'Off: the step goes on and hands on the status.',
    advanced: true,
  }),
  undoMethod: choiceField(['none', 'DELETE', 'POST', 'PUT', 'PATCH'], 'none', {
    title: 'To undo it',
    labels: { none: 'Nothing', DELETE: 'DELETE', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH' },
    description: 'Called when the run fails later on and the workflow is set to roll back, with the headers above.',
    advanced: true,
  }),
  undoUrl: textField({
    title: 'Address to undo it',
    placeholder: 'https://api.example.com/customers/{{ output.body.id }}',
    description: '{{ output.body }} and {{ output.status }} are what this step was answered.',
    max: 8_000,
    showWhen: { field: 'undoMethod', in: ['DELETE', 'POST', 'PUT', 'PATCH'] },
    advanced: true,
  }),
  undoBody: textField({
    title: 'JSON to undo it',
    widget: 'code',
    rows: 4,
    placeholder: '{ "order": {{ output.body.id | json }} }',
    showWhen: { field: 'undoMethod', in: ['POST', 'PUT', 'PATCH'] },
    advanced: true,
  }),
});

export const node = defineNode({
  kind: 'http-request',
  version: 1,
  group: 'data',
  icon: 'globe',
  texts: {
    title: 'HTTP request',
    description: 'Calls another system',
    help:
      'Calls a web address with method, query, headers and a JSON, form or text body. The answer is in {{ steps.<id>.body }} (JSON already parsed) and ' +
      '{{ steps.<id>.status }}. Addresses inside private networks are refused unless the operator allows them.',
  },
  config,
  ports: { in: [inPort], out: [outPort] },
  // A GET could be repeated at will, but the kind as a whole cannot promise that.
  effect: 'irreversible',
  undo: {
    possible: ({ undoMethod, undoUrl }) => undoMethod !== 'none' && undoUrl.trim() !== '',
    fields: ['undoUrl', 'undoBody'],
  },
  summary: ({ method, url }) => (url.trim() === '' ? 'No address yet' : `${method} ${clip(url, 100)}`),
  check(settings) {
    const problems: { field: string; message: string }[] = [];
    const url = settings.url.trim();
    if (url === '')
      problems.push({ field: 'url', message: 'Fill in the address, for example https://api.example.com/customers.' });
    else if (!/^(?:https?:\/\/|\{[{%])/i.test(url))
      problems.push({ field: 'url', message: 'The address must start with https:// or http://.' });
    if (settings.undoMethod !== 'none' && settings.undoUrl.trim() === '')
      problems.push({ field: 'undoUrl', message: 'Fill in the address that undoes it.' });
    const hasBody = !['GET', 'HEAD'].includes(settings.method) && settings.bodyType !== 'none';
    const literal = !settings.body.includes('{{') && !settings.body.includes('{%');
    if (hasBody && settings.bodyType === 'json' && literal && url !== '') {
      try {
        composeRequest({ ...settings, url: 'https://example.com', query: [], headers: [] }, '');
      } catch (error) {
        problems.push({ field: 'body', message: error instanceof AppError ? error.message : String(error) });
      }
    }
    return problems;
  },
  sample: ({ answer }) =>
    answer === 'feed'
      ? { status: 200, headers: { 'content-type': 'application/rss+xml' }, body: sampleFeed }
      : { status: 200, headers: { 'content-type': 'application/json' }, body: { id: 1, name: 'Example' } },
  preview(bound) {
    if (bound.url.trim() === '') return { summary: 'No address to call', error: missingUrl };
    try {
      const { method, url, headers, body } = composeRequest(bound, '');
      return {
        summary: `Calls ${method} ${clip(url, 100)}`,
        request: { method, url, headers, ...(body === undefined ? {} : { body }) },
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { summary: error.message, error: error.toBody() };
    }
  },
});

const sampleFeed: Feed = {
  title: 'Example news',
  link: 'https://example.com/',
  items: [
    {
      title: 'Our new workshop opens in May',
      link: 'https://example.com/news/workshop',
      id: 'https://example.com/news/workshop',
      date: '2026-01-01T09:00:00.000Z',
      author: 'Ada Lovelace',
      summary: 'It has room for twelve people.',
    },
  ],
};

const missingUrl = new AppError('bad_request', 'The address came out empty.', { details: { field: 'url' } }).toBody();
