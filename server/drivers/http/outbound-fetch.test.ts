import { EventEmitter } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHttpPort } from './port.ts';
import { outbound, serve } from './testing-outbound.ts';

describe('fetch', () => {
  it('posts JSON and streams the answer', async () => {
    const seen = new EventEmitter();
    const { port } = await serve((request, response) => {
      request.resume().on('end', () => response.write('a'));
      // Each part is sent only once the one before has been read: an answer that was collected first would never end.
      seen.on('a', () => response.write('b')).on('b', () => response.end('c'));
    });
    const init = { method: 'POST', body: '{}', headers: { 'x-api-key': 'k' } };
    const answer = await outbound([port]).fetch(`http://a.test:${port}/`, init);
    expect(answer).toBeInstanceOf(Response);
    const parts: string[] = [];
    for await (const chunk of answer.body ?? []) {
      parts.push(new TextDecoder().decode(chunk as Uint8Array));
      seen.emit(parts.at(-1) ?? '');
    }
    expect(parts).toEqual(['a', 'b', 'c']);
  });

  it('unpacks, and does not follow redirects with its keys', async () => {
    const { port, hits } = await serve((request, response) => {
      if (request.url === '/r') response.writeHead(302, { location: 'http://b.test/' }).end();
      else response.setHeader('content-encoding', 'gzip').end(gzipSync('hello'));
    });
    const out = outbound([port]);
    expect(await (await out.fetch(new URL(`http://a.test:${port}/`))).text()).toBe('hello');
    expect((await out.fetch(new Request(`http://a.test:${port}/r`))).status).toBe(302);
    expect(hits).toHaveLength(2);
  });

  it('limits what it reads, unpacked', async () => {
    const { port } = await serve((_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000))),
    );
    const answer = await outbound([port], { fetchMaxBytes: 1_000_000 }).fetch(`http://a.test:${port}/`);
    await expect(answer.text()).rejects.toMatchObject({ code: 'too_large' });
  });

  it('rejects with the reason of an abort', async () => {
    const { port } = await serve(() => {});
    await expect(
      outbound([port]).fetch(`http://a.test:${port}/`, { signal: AbortSignal.timeout(30) }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('passes a 204', async () => {
    const { port } = await serve((_request, response) => response.writeHead(204).end());
    expect((await outbound([port]).fetch(`http://a.test:${port}/`)).status).toBe(204);
  });
});

describe('the http port of steps', () => {
  it.each<[string, string | Buffer, unknown]>([
    ['application/json; charset=utf-8', '{"a":1}', { a: 1 }],
    ['application/problem+json', '[1]', [1]],
    ['application/json', '{broken', '{broken'],
    ['application/json', '', ''],
    ['text/plain', '{"a":1}', '{"a":1}'],
    ['text/html; charset=iso-8859-1', Buffer.from([0x67, 0xfc, 0x6e]), 'gün'],
    ['text/plain; charset=klingon', 'x', 'x'],
    [
      'text/xml',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>', 'latin1'),
      expect.stringContaining('>ü<'),
    ],
    [
      'application/xml; charset=utf-8',
      Buffer.from('<?xml version="1.0" encoding="latin1"?>ü'),
      expect.stringMatching(/ü$/),
    ],
    ['text/xml', Buffer.from('\uFEFF<a>ü</a>', 'utf16le'), '<a>ü</a>'],
    ['text/xml', Buffer.from('<?xml version="1.0"?>ü'), '<?xml version="1.0"?>ü'],
  ])('reads %s %j', async (type, sent, body) => {
    const { port } = await serve((_request, response) =>
      response.setHeader('content-type', type).setHeader('X-Mixed', ['a', 'b']).end(sent),
    );
    const answer = await createHttpPort(outbound([port])).request({
      method: 'GET',
      url: `http://a.test:${port}/`,
      headers: {},
      timeoutMs: 1000,
    });
    expect(answer).toMatchObject({ status: 200, body, headers: { 'x-mixed': 'a, b' } });
  });
});
