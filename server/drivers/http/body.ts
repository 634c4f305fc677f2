import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';

/** What is asked for and can be unpacked. */
export const acceptedEncodings = 'gzip, deflate, br, zstd';

/**
 * Reads a body to its end and unpacks it. Packed and unpacked size are both limited: a few kilobytes can unpack to gigabytes.
 * @param encoding value of Content-Encoding.
 * @throws AppError too_large, http_failed for damaged data; the stream is destroyed.
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Buffer> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > 2) throw new AppError('http_failed', 'The answer is compressed more than twice.');
  const unpackers = names.toReversed().map(unpacker);
  let stream: Readable = Readable.from(limited(body, maxBytes));
  for (const next of unpackers) {
    const source = stream;
    source.on('error', (error) => next.destroy(error));
    next.on('close', () => source.destroy());
    stream = source.pipe(next);
  }
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of limited(stream, maxBytes)) chunks.push(chunk);
  } finally {
    stream.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks);
}

async function* limited(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

export function tooLarge(maxBytes: number): AppError {
  const shown = maxBytes >= 1_000_000 ? `${Math.round(maxBytes / 1_000_000)} MB` : `${maxBytes} bytes`;
  return new AppError('too_large', `The answer is larger than ${shown}.`);
}

function unpacker(name: string) {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    default:
      throw new AppError('http_failed', `The answer is encoded as ${name.slice(0, 40)}, which cannot be read.`);
  }
}
