import { AppError } from '../../../shared/errors.ts';
import type { HttpRequest, HttpResponse, Ports } from '../../../shared/nodes/contract.ts';
import type { Outbound } from './outbound.ts';

/**
 * The `http` port of a step.
 * @param signal ends the call with the step.
 */
export function createHttpPort(outbound: Outbound, signal?: AbortSignal): Ports['http'] {
  return {
    async request(request: HttpRequest): Promise<HttpResponse> {
      const { status, headers, body } = await outbound.request({ ...request, ...(signal ? { signal } : {}) });
      return { status, headers, body: decode(body, headers['content-type'] ?? '') };
    },
  };
}

/** JSON by its content type (`application/json`, `…+json`); damaged or empty JSON stays text: the status may matter more than the body. */
function decode(body: Buffer, contentType: string): unknown {
  const text = textOf(body, contentType);
  if (!/^(?:application|text)\/(?:[\w.-]+\+)?json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function textOf(body: Buffer, contentType: string): string {
  const charset = /charset="?([\w:.-]+)/i.exec(contentType)?.[1] ?? charsetIn(body);
  try {
    return new TextDecoder(charset).decode(body);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder().decode(body);
    throw new AppError('http_failed', 'The answer cannot be read as text.', { cause: error });
  }
}

/** What the content says of itself where the server is silent: a byte order mark, or the first line of an XML document. */
function charsetIn(body: Buffer): string {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  const start = body.toString('latin1', 0, 200);
  return /^(?:\xEF\xBB\xBF)?<\?xml\s[^>]*?encoding=["']([\w:.-]+)/i.exec(start)?.[1] ?? 'utf-8';
}
