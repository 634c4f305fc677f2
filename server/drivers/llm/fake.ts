import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { claudeFrames, claudeError } from './fake-claude.ts';
import { chatFrames, chatError } from './fake-chat.ts';
import { cut } from './fake-reply.ts';
import type { FakeReply } from './fake-reply.ts';

/**
 * A server that speaks both protocols on a real socket, for tests, the demo and benches: OpenAI chat completions under `/v1/chat/completions`
 * and Anthropic messages under `/v1/messages`, streamed. What it says is a script: one reply a request, the last one for all that follow.
 */

export interface FakeRequest {
  path: string;
  headers: IncomingMessage['headers'];
  /** As the SDK sent it. */
  body: Record<string, unknown>;
}

export interface FakeLlm {
  /** For OPENAI_BASE_URL and INHOUSE_BASE_URL. */
  openaiUrl: string;
  /** For ANTHROPIC_BASE_URL. */
  anthropicUrl: string;
  requests: FakeRequest[];
  /** Replaces the script; a function sees the request. */
  script(...replies: (FakeReply | ((request: FakeRequest) => FakeReply))[]): void;
  close(): Promise<void>;
}

export const fakeKey = 'test-key';

export async function startFakeLlm(options: { key?: string } = {}): Promise<FakeLlm> {
  const key = options.key ?? fakeKey;
  let replies: (FakeReply | ((request: FakeRequest) => FakeReply))[] = [{ say: 'Hello from the fake model.' }];
  const requests: FakeRequest[] = [];

  const next = (request: FakeRequest): FakeReply => {
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    return typeof reply === 'function' ? reply(request) : (reply ?? {});
  };

  const server = createServer((incoming, response) => {
    void answer(incoming, response).catch(() => response.destroy());
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url ?? '';
    const request = { path, headers: incoming.headers, body: JSON.parse(await readBody(incoming)) };
    requests.push(request);
    const claude = path === '/v1/messages';
    if (!claude && path !== '/v1/chat/completions')
      return sendJson(response, 404, {}, { error: { message: 'no such path' } });
    const wrongKey = incoming.headers['x-api-key'] !== key && incoming.headers.authorization !== `Bearer ${key}`;
    const reply: FakeReply = wrongKey
      ? {
          status: 401,
          error: { message: `Incorrect API key provided: sk-secret-${'x'.repeat(12)}.`, type: 'authentication_error' },
        }
      : next(request);
    if (reply.delayMs) await sleep(reply.delayMs);
    if (reply.status !== undefined && reply.status >= 400) {
      return sendJson(response, reply.status, reply.headers ?? {}, claude ? claudeError(reply) : chatError(reply));
    }
    await stream(response, claude ? claudeFrames(request.body, reply) : chatFrames(request.body, reply), reply);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    openaiUrl: `${url}/v1`,
    anthropicUrl: url,
    requests,
    script(...script) {
      replies = [...script];
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function stream(response: ServerResponse, frames: Iterable<string>, reply: FakeReply): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
  for (const frame of frames) {
    if (response.destroyed) return;
    if (frame === cut) {
      await sleep(5);
      response.destroy();
      return;
    }
    response.write(frame);
    if (reply.pieceMs) await sleep(reply.pieceMs);
  }
  response.end();
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8') || '{}';
}

function sendJson(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
