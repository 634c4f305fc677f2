import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mountBuild } from './client.ts';

const directory = mkdtempSync(join(tmpdir(), 'client-'));
mkdirSync(join(directory, 'assets'));
writeFileSync(join(directory, 'index.html'), '<title>the page</title>');
writeFileSync(join(directory, 'assets', 'main-1a2b.js'), 'export {}');
writeFileSync(join(directory, 'assets', 'main-1a2b.js.br'), brotliCompressSync('export {}'));

const app = express();
mountBuild(app, directory);
const server = app.listen(0);
let base = '';
beforeAll(() => {
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const get = (path: string, headers = {}) => fetch(base + path, { headers });

// The token of an invitation is an id, a dot and a signature, which may or may not have a hyphen or an underscore in it.
const tokens = [
  'lNTUbZeWaOlLiSc1hhMeI7jwYWJFSrALZUkZbd_Gzl8',
  'lNTUbZeWaOlLiSc1hhMeI7jwYWJFSrALZUkZbdxGzl8',
  'lNTU-ZeWa_lLi',
];
const invitations = tokens.map((token) => `/invitation/01a20504-8f9e-79e7-bfee-74744459ce20.${token}`);

test.each(['/', '/workflows/0190', '/inbox?message=1', '/settings', '/apiary', ...invitations])(
  '%s gives the page, unkept',
  async (path) => {
    const response = await get(path);
    expect(await response.text()).toContain('the page');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  },
);

test.each([
  '/api',
  '/api/v1/nothing',
  '/rpc/x',
  '/hooks/abc',
  '/socket.io/',
  '/mcp',
  '/healthz',
  '/assets/gone-1234.js',
  '/favicon.ico',
  '/manifest.webmanifest',
])('%s is a 404 and not the page', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('an asset is sent compressed and kept for ever', async () => {
  const response = await get('/assets/main-1a2b.js', { 'accept-encoding': 'br' });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(await response.text()).toBe('export {}');
});

test('a missing build says how to make one', () => {
  expect(() => mountBuild(express(), join(directory, 'nowhere'))).toThrow(/npm start/);
});
