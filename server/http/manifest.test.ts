import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { afterAll, expect, test } from 'vitest';
import { manifest } from './manifest.ts';

const app = express();
app.use(manifest(fileURLToPath(new URL('../../client/public', import.meta.url))));
const server = app.listen(0, '127.0.0.1');
afterAll(() => server.close());

async function get(query: string, language: string) {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/manifest.webmanifest${query}`, {
    headers: { 'accept-language': language },
  });
  const { lang, shortcuts } = (await response.json()) as { lang: string; shortcuts: { name: string; url: string }[] };
  return { headers: response.headers, lang, names: shortcuts.map(({ name }) => name) };
}

test.each([
  ['', 'de', 'de'],
  ['', 'de-CH', 'de'],
  ['', 'DE', 'de'],
  ['', 'en-GB,de;q=0.9', 'en'],
  ['', 'fr,de;q=0.3,en;q=0.1', 'de'],
  ['', 'fr, es', 'en'],
  ['', '*', 'en'],
  ['', 'de;q=0', 'en'],
  ['', ';;=,', 'en'],
  ['?language=de', 'en', 'de'],
  ['?language=en', 'de', 'en'],
  ['?language=constructor', 'de', 'de'],
  ['?language=xx&language=en', 'de', 'de'],
])('%s with “Accept-Language: %s” is in %s', async (query, asked, language) => {
  const { headers, lang, names } = await get(query, asked);
  expect(lang).toBe(language);
  expect(names).toEqual(
    language === 'de' ? ['Neuer Workflow', 'Läufe', 'Posteingang'] : ['New workflow', 'Runs', 'Inbox'],
  );
  expect(headers.get('content-language')).toBe(language);
  expect(headers.get('vary')).toContain('Accept-Language');
  expect(headers.get('content-type')).toContain('application/manifest+json');
});
