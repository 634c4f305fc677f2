import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutbound, type Outbound, type OutboundOptions } from './outbound.ts';
import { createHttpPort } from './port.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).toReversed()) await undo();
});

async function serve(listener: RequestListener): Promise<{ server: Server; port: number; hits: IncomingMessage[] }> {
  const hits: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    hits.push(request);
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, hits };
}

function outbound(ports: number[], options: Partial<OutboundOptions> = {}): Outbound {
  const lookup = async (name: string) => {
    if (!name.endsWith('.test')) throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    return [{ address: '127.0.0.1', family: 4 as const }];
  };
  const made = createOutbound({ allow: ports.map((port) => ({ host: '127.0.0.1', port })), lookup, ...options });
  cleanup.push(() => made.close());
  return made;
}

const get = (url: string, more: object = {}) => ({ method: 'GET', url, ...more });

/** Answers with what it was asked. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    );
  });
}

describe('request', () => {
  it('sends method, headers and body, and answers with any status', async () => {
    const { port } = await serve((request, response) => {
      response.statusCode = 404;
      echo(request, response);
    });
    const answer = await outbound([port]).request({
      method: 'post',
      url: `http://api.test:${port}/x?y=1#z`,
      headers: { 'Content-Type': 'text/plain', 'X-Name': 'Größe' },
      body: 'hé',
    });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      method: 'POST',
      url: '/x?y=1',
      body: 'hé',
      headers: {
        host: `api.test:${port}`,
        'content-type': 'text/plain',
        'content-length': '3',
        'user-agent': 'Mailweave',
      },
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    const { port } = await serve((_request, response) =>
      response.setHeader('content-encoding', encoding).end(pack('hello')),
    );
    expect((await outbound([port]).request(get(`http://a.test:${port}/`))).body.toString()).toBe('hello');
  });

  it('answers HEAD, 204 and 304 without a body', async () => {
    const { port } = await serve((request, response) => {
      response
        .setHeader('content-encoding', 'gzip')
        .writeHead(request.url === '/204' ? 204 : request.url === '/304' ? 304 : 200)
        .end();
    });
    const out = outbound([port]);
    for (const [method, path] of [
      ['HEAD', '/'],
      ['GET', '/204'],
      ['GET', '/304'],
    ] as const) {
      expect((await out.request({ method, url: `http://a.test:${port}${path}` })).body).toHaveLength(0);
    }
  });

  it('keeps the connection for the next call', async () => {
    const { port, server } = await serve(echo);
    let connections = 0;
    server.on('connection', () => connections++);
    const out = outbound([port]);
    for (let n = 0; n < 10; n++) await out.request(get(`http://a.test:${port}/`));
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('the guard', () => {
  it('opens no socket to a private address, by number or by name', async () => {
    const { port, hits, server } = await serve(echo);
    let connections = 0;
    server.on('connection', () => connections++);
    const out = outbound([]);
    for (const host of ['127.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]', 'evil.test']) {
      const error: unknown = await out.request(get(`http://${host}:${port}/`)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'outbound_blocked', retryable: false });
      expect(String(error)).toMatch(/OUTBOUND_ALLOW=/);
      await expect(out.fetch(`http://${host}:${port}/`)).rejects.toMatchObject({ code: 'outbound_blocked' });
    }
    expect([connections, hits.length]).toEqual([0, 0]);
  });

  it('connects to the address that was checked although the name has changed since', async () => {
    const { port, hits } = await serve(echo);
    let lookups = 0;
    // Looked up again, the name would be private; a second look-up is what rebinding needs.
    const lookup = async () => [{ address: ++lookups === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 as const }];
    const out = outbound([port], { lookup });
    await out.request(get(`http://rebind.test:${port}/`));
    expect([lookups, hits.length]).toEqual([1, 1]);
  });

  it.each([
    'http://127.0.0.1:PRIVATE/',
    'http://inner.test:PRIVATE/',
    '//0x7f000001:PRIVATE/',
    'http://[::1]:PRIVATE/',
    'http://169.254.169.254/',
  ])('stops at a redirect to %s', async (target) => {
    const inner = await serve(echo);
    const { port } = await serve((_request, response) =>
      response.writeHead(302, { location: target.replace('PRIVATE', String(inner.port)) }).end(),
    );
    await expect(outbound([port]).request(get(`http://a.test:${port}/`))).rejects.toMatchObject({
      code: 'outbound_blocked',
    });
    expect(inner.hits).toHaveLength(0);
  });

  it.each(['file:///etc/passwd', 'http://user:pw@a.test/', 'ftp://a.test/', 'http://'])(
    'stops at a redirect to %s',
    async (location) => {
      const { port } = await serve((_request, response) => response.writeHead(302, { location }).end());
      await expect(outbound([port]).request(get(`http://a.test:${port}/`))).rejects.toMatchObject({
        code: 'bad_request',
      });
    },
  );

  it.each<[Record<string, string>, RegExp]>([
    [{ Host: 'other' }, /“Host” cannot be set/],
    [{ 'Transfer-Encoding': 'chunked' }, /cannot be set/],
    [{ 'content-length': '3' }, /cannot be set/],
    [{ 'Proxy-Authorization': 'x' }, /cannot be set/],
    [{ 'X-A': 'b\r\nX-C: d' }, /line break/],
    [{ 'X A': 'b' }, /not a header name/],
    [{ 'X-A': '1', 'x-a': '2' }, /twice/],
  ])('refuses the headers %j', async (headers, words) => {
    await expect(outbound([]).request(get('http://example.com/', { headers }))).rejects.toThrow(words);
  });

  it.each(['CONNECT', 'TRACE', 'GET / HTTP/1.1\r\nX: y'])('refuses the method %j', async (method) => {
    await expect(outbound([]).request({ method, url: 'http://example.com/' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('redirects', () => {
  it('follows up to five and no more', async () => {
    const { port, hits } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const out = outbound([port]);
    expect((await out.request(get(`http://a.test:${port}/5`))).body.toString()).toBe('there');
    hits.length = 0;
    await expect(out.request(get(`http://a.test:${port}/6`))).rejects.toThrow(/redirects more than 5 times/);
    expect(hits).toHaveLength(6);
  });

  it.each<[number, string, string, string]>([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [303, 'HEAD', 'HEAD', ''],
    [302, 'PUT', 'PUT', 'data'],
    [307, 'POST', 'POST', 'data'],
    [308, 'DELETE', 'DELETE', 'data'],
  ])('%i turns %s into %s', async (status, method, then, body) => {
    const seen: { method?: string | undefined; body: string; type?: string | undefined }[] = [];
    const { port } = await serve((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        seen.push({ method: request.method, body: text, type: request.headers['content-type'] });
        if (request.url === '/from') response.writeHead(status, { location: '/to' }).end();
        else response.end();
      });
    });
    const hasBody = method !== 'HEAD';
    const request = {
      method,
      url: `http://a.test:${port}/from`,
      ...(hasBody ? { body: 'data', headers: { 'content-type': 'text/x' } } : {}),
    };
    await outbound([port]).request(request);
    expect(seen[1]).toEqual({ method: then, body, type: body ? 'text/x' : undefined });
  });

  it('tells another host, port or scheme nothing that could be a credential', async () => {
    const target = await serve(echo);
    const { port } = await serve((request, response) => {
      if (request.url === '/echo') return echo(request, response);
      const to = {
        '/self': `http://a.test:${port}/echo`,
        '/port': `http://a.test:${target.port}/`,
        '/host': `http://b.test:${port}/echo`,
      };
      response.writeHead(307, { location: to[request.url as keyof typeof to] }).end();
    });
    const out = outbound([port, target.port]);
    const secrets = { authorization: 'Bearer s', cookie: 'a=s', 'x-api-key': 's', 'api-token': 's' };
    const headersAfter = async (path: string) => {
      const { body } = await out.request(
        get(`http://a.test:${port}${path}`, { headers: { ...secrets, accept: 'text/x' } }),
      );
      return (JSON.parse(body.toString()) as { headers: Record<string, string> }).headers;
    };
    expect(await headersAfter('/self')).toMatchObject({ ...secrets, accept: 'text/x' });
    for (const path of ['/port', '/host']) {
      const headers = await headersAfter(path);
      expect(Object.keys(headers).filter((name) => name in secrets)).toEqual([]);
      expect(headers['accept']).toBe('text/x');
    }
  });

  it('answers a redirect without a Location as it is', async () => {
    const { port } = await serve((_request, response) => response.writeHead(302).end('x'));
    expect((await outbound([port]).request(get(`http://a.test:${port}/`))).status).toBe(302);
  });
});

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
