/**
 * The least that a durable webhook can be: Express parses a JSON body, one row is inserted in a group commit, the answer follows. What an
 * engine adds is measured against this.
 */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createPool } from '../../server/database/pool.ts';

const pool = createPool({ url: process.env.DATABASE_URL!, name: 'bare', max: 2 });
await pool.query(
  'CREATE TABLE IF NOT EXISTS bare_runs (id uuid PRIMARY KEY DEFAULT uuidv7(), body json NOT NULL, at timestamptz NOT NULL DEFAULT now())',
);

let waiting: { body: string; done: (error?: unknown) => void }[] = [];
let writing = false;

async function write(): Promise<void> {
  writing = true;
  await Promise.resolve();
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    const outcome = await pool
      .query({
        name: 'bare-insert',
        text: 'INSERT INTO bare_runs (body) SELECT unnest($1::json[])',
        values: [batch.map((row) => row.body)],
      })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    for (const row of batch) row.done(outcome);
  }
  writing = false;
}

const app = express();
app.post('/', express.json(), (request, response) => {
  const done = (error?: unknown): void =>
    void (error ? response.status(500).end() : response.json({ ok: true, who: request.body.name }));
  waiting.push({ body: JSON.stringify(request.body), done });
  if (!writing) void write();
});
const server = app.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void pool.end();
});
