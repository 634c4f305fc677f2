/**
 * Columns of many rows as PostgreSQL's binary arrays, for `unnest`. As text, every value is quoted here and unquoted there; for events in
 * JSON that was a third of what a run costs in the journal.
 */
const header = 20;
/** Object ids of PostgreSQL's own types never change. */
const oids = { uuid: 2950, text: 25, json: 114, int4: 23, int8: 20, bool: 16, bytea: 17, timestamptz: 1184 } as const;
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);

export function uuids(values: readonly (string | null)[]): Buffer {
  return fixed(oids.uuid, 16, values, writeUuid);
}

/** Digit by digit: a text without its dashes would have to be made first. */
function writeUuid(into: Buffer, at: number, value: string): void {
  let half = -1;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === dash) continue;
    // Digits are 0x30 to 0x39, letters of either case 0x41 and 0x61 onwards.
    const digit = (code & 0xf) + (code > 0x39 ? 9 : 0);
    if (half < 0) half = digit;
    else {
      into[at++] = half * 16 + digit;
      half = -1;
    }
  }
}

const dash = 0x2d;

export function texts(values: readonly (string | null)[]): Buffer {
  return strings(oids.text, values);
}

/** Of JSON that has been written already. */
export function jsons(values: readonly (string | null)[]): Buffer {
  return strings(oids.json, values);
}

export function byteas(values: readonly Buffer[]): Buffer {
  const array = open(
    oids.bytea,
    values.length,
    values.reduce((sum, value) => sum + 4 + value.length, header),
  );
  let at = header;
  for (const value of values) {
    array.writeInt32BE(value.length, at);
    at += 4 + value.copy(array, at + 4);
  }
  return array;
}

export function ints(values: readonly (number | null)[]): Buffer {
  return fixed(oids.int4, 4, values, (into, at, value) => void into.writeInt32BE(value, at));
}

/** Of whole numbers up to 2^53. */
export function bigints(values: readonly (number | null)[]): Buffer {
  return fixed(oids.int8, 8, values, writeInt64);
}

export function bools(values: readonly boolean[]): Buffer {
  return fixed(oids.bool, 1, values, (into, at, value) => void into.writeUInt8(value ? 1 : 0, at));
}

export function timestamps(values: readonly (Date | null)[]): Buffer {
  return fixed(oids.timestamptz, 8, values, (into, at, value) =>
    writeInt64(into, at, (value.getTime() - epochMs) * 1_000),
  );
}

function writeInt64(into: Buffer, at: number, value: number): void {
  into.writeInt32BE(Math.floor(value / 2 ** 32), at);
  into.writeUInt32BE(((value % 2 ** 32) + 2 ** 32) % 2 ** 32, at + 4);
}

/** One dimension, counted from 1. */
function open(oid: number, count: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(bytes);
  array.writeInt32BE(1, 0);
  // Whether there are nulls: PostgreSQL looks for itself.
  array.writeInt32BE(1, 4);
  array.writeInt32BE(oid, 8);
  array.writeInt32BE(count, 12);
  array.writeInt32BE(1, 16);
  return array;
}

function fixed<T>(
  oid: number,
  size: number,
  values: readonly (T | null)[],
  write: (into: Buffer, at: number, value: T) => void,
): Buffer {
  const array = open(oid, values.length, header + values.length * (4 + size));
  let at = header;
  for (const value of values) {
    if (value === null) array.writeInt32BE(-1, at);
    else {
      array.writeInt32BE(size, at);
      write(array, at + 4, value);
    }
    at += value === null ? 4 : 4 + size;
  }
  return array.subarray(0, at);
}

function strings(oid: number, values: readonly (string | null)[]): Buffer {
  let bytes = header;
  for (const value of values) bytes += 4 + (value === null ? 0 : Buffer.byteLength(value));
  const array = open(oid, values.length, bytes);
  let at = header;
  for (const value of values) {
    const size = value === null ? -1 : array.write(value, at + 4, 'utf8');
    array.writeInt32BE(size, at);
    at += 4 + Math.max(0, size);
  }
  return array.subarray(0, at);
}
