import { createServer } from 'node:http';
import express from 'express';
import { loadConfig, type Config } from './config.ts';
import { openDatabase } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { armFault } from './faults.ts';
import { mountClient } from './http/client.ts';
import { closeAll, listen, shutDownOnSignals, type Closer } from './lifecycle.ts';
import { StartupError } from './startup-error.ts';

const say = (line: string): void => console.log(line);

/** The composition root: the only place that constructs. Each part puts its own closing on the pile; the last made closes first. */
async function main(config: Config, closers: Closer[]): Promise<void> {
  armFault(config.fault);

  const database = await openDatabase(config, say);
  closers.push(['database', () => database.close()]);
  await migrate(database.url, { say });

  const app = express();
  const server = createServer(app);
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  const client = await mountClient(app, server, { dev: config.dev });
  closers.push(['client', () => client.close()]);

  const port = await listen(server, config, closers);
  say(`Mailweave is listening on ${config.publicUrl ?? `http://localhost:${port}`}`);
}

const closers: Closer[] = [];
shutDownOnSignals(closers, say);
try {
  await main(loadConfig(process.env), closers);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  await closeAll(closers);
  process.exit(1);
}
