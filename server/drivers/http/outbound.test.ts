import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { echo, get, outbound, serve } from './testing-outbound.ts';

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
