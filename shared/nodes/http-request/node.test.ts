import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../contract.ts';
import { testContext } from '../testing-context.ts';
import { config, node } from './index.ts';
import { runner } from './run.server.ts';

const settings = (over: Record<string, unknown> = {}) => config.parse({ url: 'https://api.example.com/a', ...over });
const respond = (over: Partial<HttpResponse> = {}) => ({
  http: (): HttpResponse => ({ status: 200, headers: { a: 'b' }, body: { ok: 1 }, ...over }),
});
const call = async (over: Record<string, unknown>, answer = respond()) => {
  const { context, calls } = testContext({}, answer);
  const result = await runner.run(settings(over), context);
  return { result, request: calls.requests[0], calls };
};

describe('http-request', () => {
  it.each([
    [
      {
        url: 'https://x.example/a?b=1#frag',
        query: [
          { name: 'q', value: 'a b&c' },
          { name: '', value: 'x' },
        ],
      },
      { url: 'https://x.example/a?b=1&q=a%20b%26c#frag', body: undefined },
    ],
    [
      { url: ' https://x.example ', query: [{ name: 'é', value: '\ud800' }] },
      { url: 'https://x.example?%C3%A9=%EF%BF%BD' },
    ],
    [
      { method: 'POST', bodyType: 'json', body: '{"a":1}' },
      { body: '{"a":1}', headers: { 'content-type': 'application/json', 'idempotency-key': 'run:node' } },
    ],
    [{ method: 'POST', bodyType: 'form', body: '{"a":"x y","b":2}' }, { body: 'a=x%20y&b=2' }],
    [{ method: 'PUT', bodyType: 'form', body: 'a=1&b=2' }, { body: 'a=1&b=2' }],
    [
      {
        method: 'PATCH',
        bodyType: 'text',
        body: 'x',
        headers: [
          { name: 'Content-Type', value: 'text/csv' },
          { name: 'Idempotency-Key', value: 'mine' },
        ],
      },
      { headers: { 'content-type': 'text/csv', 'idempotency-key': 'mine' } },
    ],
    [
      { method: 'GET', bodyType: 'json', body: '{' },
      { body: undefined, headers: {} },
    ],
  ])('%j is sent as %j', async (over, expected) => {
    const { request } = await call(over);
    for (const [key, value] of Object.entries(expected)) expect(request?.[key as 'url']).toEqual(value);
    const preview = node.preview(settings(over), { input: null, inputs: [], now: new Date(0) }).request;
    expect({ url: preview?.url, body: preview?.body }).toEqual({ url: request?.url, body: request?.body });
  });

  it('hands on the answer and logs no query string', async () => {
    const { result, calls } = await call({ query: [{ name: 'key', value: 'secret' }] });
    expect(result).toEqual({
      type: 'output',
      port: 'out',
      output: { status: 200, headers: { a: 'b' }, body: { ok: 1 } },
    });
    expect(calls.logs.join()).not.toContain('secret');
  });

  it.each<[string, unknown, unknown]>([
    ['auto', '<a>1</a>', '<a>1</a>'],
    ['xml', '<a>1</a>', { a: '1' }],
    ['json', '[1]', [1]],
    ['json', { already: 1 }, { already: 1 }],
    ['feed', '<feed><entry><title>T</title></entry></feed>', expect.objectContaining({ title: '', link: '' })],
  ])('reads an answer as %s', async (answer, body, expected) => {
    expect((await call({ answer }, respond({ body }))).result).toMatchObject({ output: { body: expected } });
    const kept = await call({ answer, failOnStatus: false }, respond({ body, status: 404 }));
    expect(kept.result).toMatchObject({ output: { body } });
  });

  it.each(['xml', 'feed', 'json'])(
    'an answer that cannot be read as %s is a failure that names the setting',
    async (answer) => {
      const broken = call({ answer }, respond({ body: '<a>' }));
      await expect(broken).rejects.toMatchObject({ code: 'bad_request', details: { field: 'answer' } });
    },
  );

  it.each([
    [404, false, {}, undefined],
    [500, true, {}, undefined],
    [429, true, { 'retry-after': '7' }, 7_000],
    [503, true, { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30_000],
    [400, false, { 'retry-after': '7' }, undefined],
  ])('status %i is a failure, retryable %s', async (status, retryable, headers, retryAfterMs) => {
    await expect(call({}, respond({ status, headers }))).rejects.toMatchObject({
      code: 'http_failed',
      retryable,
      retryAfterMs,
    });
    expect((await call({ failOnStatus: false }, respond({ status }))).result).toMatchObject({ output: { status } });
  });

  it.each([
    [{ url: '' }, 'url'],
    [{ url: 'ftp://x.example' }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'https://user:pw@x.example/' }, 'url'],
    [{ url: 'https://x.example\\@evil.example/' }, 'url'],
    [{ url: 'https://x.example/a b' }, 'url'],
    [{ headers: [{ name: 'Host', value: 'evil' }] }, 'headers.0'],
    [{ headers: [{ name: 'a', value: 'x\r\ny: z' }] }, 'headers.0'],
    [{ method: 'POST', bodyType: 'json', body: '{a}' }, 'body'],
  ])('%j is refused at %s before anything is sent', async (over, field) => {
    const { context, calls } = testContext({}, respond());
    await expect((async () => runner.run(settings(over), context))()).rejects.toMatchObject({
      code: 'bad_request',
      details: { field },
    });
    expect(calls.requests).toEqual([]);
    expect(node.preview(settings(over), { input: null, inputs: [], now: new Date(0) }).error?.details).toEqual({
      field,
    });
  });
});
