import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { echo, get, outbound, serve } from './testing-outbound.ts';

describe('limits', () => {
  it.each(['gzip', 'br'])('stops a %s bomb', async (encoding) => {
    const bomb = encoding === 'br' ? brotliCompressSync(Buffer.alloc(30_000_000)) : gzipSync(Buffer.alloc(30_000_000));
    const { port } = await serve((_request, response) => response.setHeader('content-encoding', encoding).end(bomb));
    await expect(outbound([port]).request(get(`http://a.test:${port}/`))).rejects.toMatchObject({ code: 'too_large' });
  });

  it('stops an endless answer, with and without an announced length', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/announced') {
        response.writeHead(200, { 'content-length': '99999999' }).flushHeaders();
        return;
      }
      const more = () =>
        void (response.writable && response.write(Buffer.alloc(65_536))
          ? setImmediate(more)
          : response.once('drain', more));
      more();
    });
    const out = outbound([port]);
    for (const path of ['/', '/announced']) {
      await expect(out.request(get(`http://a.test:${port}${path}`, { maxBytes: 1_000_000 }))).rejects.toMatchObject({
        code: 'too_large',
      });
    }
  });

  it('ends slow answers at the deadline of the whole call', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/headers') return;
      response.write('x');
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const out = outbound([port]);
    for (const path of ['/headers', '/drip']) {
      const error: unknown = await out
        .request(get(`http://a.test:${port}${path}`, { timeoutMs: 150 }))
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'timeout', retryable: true });
      expect(String(error)).toContain(`a.test:${port}`);
    }
  });

  it('ends a look-up that hangs', async () => {
    const out = outbound([], { lookup: () => new Promise(() => {}) });
    await expect(out.request(get('http://slow.example/', { timeoutMs: 100 }))).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('sends nothing after it has given up', async () => {
    const { port, hits } = await serve(echo);
    const lookup = () => sleep(150, [{ address: '127.0.0.1', family: 4 as const }]);
    const out = outbound([port], { lookup });
    const call = out.request(get(`http://a.test:${port}/`, { timeoutMs: 50 }));
    await expect(call).rejects.toMatchObject({ code: 'timeout' });
    await sleep(200);
    expect(hits).toHaveLength(0);
  });

  it('is cancelled by its signal', async () => {
    const { port } = await serve(() => {});
    const stop = new AbortController();
    const call = outbound([port]).request(get(`http://a.test:${port}/`, { signal: stop.signal }));
    setTimeout(() => stop.abort(), 30);
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('failures', () => {
  it.each<[string, RequestListener, RegExp, boolean]>([
    [
      'a connection closed before the answer',
      (request) => void request.socket.destroy(),
      /closed the connection/,
      true,
    ],
    [
      'a connection closed in the answer',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('abc', () => response.destroy());
      },
      /closed the connection/,
      true,
    ],
    ['something that is not HTTP', (request) => void request.socket.end('nonsense\r\n\r\n'), /not valid HTTP/, false],
    [
      'damaged gzip',
      (_request, response) => void response.setHeader('content-encoding', 'gzip').end('nope'),
      /damaged/,
      false,
    ],
    [
      'an unknown encoding',
      (_request, response) => void response.setHeader('content-encoding', 'sdch').end('x'),
      /sdch/,
      false,
    ],
  ])('%s', async (_name, listener, words, retryable) => {
    const { port } = await serve(listener);
    const error: unknown = await outbound([port])
      .request(get(`http://a.test:${port}/?key=secret`))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'http_failed', retryable });
    expect(String(error)).toMatch(words);
    expect(String(error)).not.toContain('secret');
  });

  it.each<[string, RegExp, boolean]>([
    ['http://a.test:1024/', /a\.test:1024 .*refuses connections/, true],
    ['http://unknown.invalid/', /unknown\.invalid:80 .*not known/, false],
    ['https://a.test:PORT/', /TLS/, false],
  ])('%s', async (url, words, retryable) => {
    const { port } = await serve(echo);
    const error: unknown = await outbound([1024, port])
      .request(get(url.replace('PORT', String(port))))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'http_failed', retryable });
    expect(String(error)).toMatch(words);
  });
});
