import { expect, test } from 'vitest';
import { removedMark, withoutSecrets } from './secrets.ts';

const row = (name: string, value: string) => ({ headers: [{ name, value }] });

test.each([
  ['a header', row('Authorization', 'Bearer abc123'), row('Authorization', ''), ['headers.0.value']],
  ['a key of one’s own', row('X-Api-Key', '12345'), row('X-Api-Key', ''), ['headers.0.value']],
  [
    'half of a header',
    row('Authorization', 'Basic {{ trigger.user }}:hunter2'),
    row('Authorization', ''),
    ['headers.0.value'],
  ],
  [
    'a query',
    { url: 'https://a.example/?x=1&api_key=abc&y=2' },
    { url: `https://a.example/?x=1&api_key=${removedMark}&y=2` },
    ['url'],
  ],
  [
    'a signature',
    { url: 'https://a.example/?sig=abcdef123' },
    { url: `https://a.example/?sig=${removedMark}` },
    ['url'],
  ],
  ['a password in an address', { url: 'https://me:pw@a.example/' }, { url: 'https://a.example/' }, ['url']],
  [
    'a body',
    { body: '{ "user": "a", "password": "hunter2" }' },
    { body: `{ "user": "a", "password": "${removedMark}" }` },
    ['body'],
  ],
  [
    'a prompt',
    { prompt: 'Use sk-proj-abcdefghijklmnop1234 for it' },
    { prompt: `Use ${removedMark} for it` },
    ['prompt'],
  ],
  ['a token of a bot', { text: 'xoxb-1234567890-abcdef' }, { text: removedMark }, ['text']],
  ['a web token', { text: 'eyJhbGciOiJI.eyJzdWIi.abc' }, { text: removedMark }, ['text']],
  [
    'an address that is a secret',
    { url: 'https://hooks.slack.com/services/T0/B0/XYZ' },
    { url: `https://hooks.slack.com/services/${removedMark}` },
    ['url'],
  ],
  [
    'a private key',
    { text: 'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb' },
    { text: `a\n${removedMark}\nb` },
    ['text'],
  ],
])('%s goes', (_name, config, expected, fields) => {
  expect(withoutSecrets(config)).toEqual({ config: expected, fields });
});

test.each([
  row('Accept', 'application/json'),
  row('Authorization', 'Bearer {{ trigger.body.token }}'),
  row('monkey', 'banana'),
  { url: 'https://a.example/?page=2&key=a&token={{ trigger.token }}' },
  { fields: [{ name: 'keynote', value: 'Speech' }] },
  { text: 'Your password: ask the office. The key question is: {{ input.key }}' },
  { body: '{ "token": {{ trigger.body.token | json }}, "password": "{{ trigger.pw }}" }' },
  { rules: { rules: [{ left: '{{ a }}', operator: 'equals', right: 5 }], not: null } },
])('%j stays', (config) => {
  expect(withoutSecrets(config)).toEqual({ config, fields: [] });
});

test('long texts take no long time', () => {
  const started = performance.now();
  for (const text of [
    'a'.repeat(200_000),
    '-----BEGIN PRIVATE KEY-----'.repeat(8_000),
    'https://'.repeat(25_000),
    'eyJ'.repeat(60_000),
    '?token'.repeat(30_000),
  ])
    withoutSecrets({ text });
  expect(performance.now() - started).toBeLessThan(3_000);
});
