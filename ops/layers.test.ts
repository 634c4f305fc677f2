import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findCycles } from './cycles.ts';
import { listSources, readImports } from './imports.ts';
import { findViolations } from './layers.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A repository of which only `files` matter; every imported file exists. */
function plant(files: Record<string, string>): string {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const judge = (files: Record<string, string>) =>
  findViolations(plant(files)).map(({ where, what }) => `${where} ${what}`);

describe('planted violations are found', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'server code in the client',
      'client/features/runs/list.ts',
      `import { x } from '../../../server/store/runs.ts';`,
      /may not import server store/,
    ],
    [
      'types of the server in the client',
      'client/api/client.ts',
      `import type { X } from '../../server/http/app.ts';`,
      /client api may not import server edge/,
    ],
    [
      'a runner in the client',
      'client/nodes/catalogue.ts',
      `export * from '../../shared/nodes/delay/run.server.ts';`,
      /may not import node runner/,
    ],
    [
      'client code in the server',
      'server/http/app.ts',
      `import { x } from '../../client/api/client.ts';`,
      /may not import client api/,
    ],
    [
      'a feature and its sibling',
      'server/features/runs/start.ts',
      `import { x } from '../workflows/load.ts';`,
      /runs may not import its sibling server\/features\/workflows/,
    ],
    [
      'a client feature and its sibling',
      'client/features/home/Page.tsx',
      `import { X } from '../runs/Row.tsx';`,
      /may not import its sibling/,
    ],
    [
      'a driver and its sibling',
      'server/drivers/mail/send.ts',
      `import { x } from '../http/get.ts';`,
      /may not import its sibling/,
    ],
    [
      'a node and a driver',
      'shared/nodes/email-send/run.server.ts',
      `import { x } from '../../../server/drivers/mail/pool.ts';`,
      /node runner may not import server driver/,
    ],
    [
      'a node and a driver package',
      'shared/nodes/email-send/run.server.ts',
      `import nodemailer from 'nodemailer';`,
      /may not use nodemailer/,
    ],
    [
      'a node and another node',
      'shared/nodes/switch/index.ts',
      `import { x } from '../condition/index.ts';`,
      /may not import its sibling shared\/nodes\/condition/,
    ],
    [
      'a runner and another node',
      'shared/nodes/switch/run.server.ts',
      `import { x } from '../condition/index.ts';`,
      /may not import its sibling/,
    ],
    [
      'the engine and Express',
      'server/engine/runner.ts',
      `import express from 'express';`,
      /server engine may not use express/,
    ],
    ['the engine and knex', 'server/engine/runner.ts', `import type { Knex } from 'knex';`, /may not use knex/],
    [
      'the engine and Socket.IO',
      'server/engine/runner.ts',
      `import { Server } from 'socket.io';`,
      /may not use socket.io/,
    ],
    [
      'the engine and a store',
      'server/engine/runner.ts',
      `import { x } from '../store/runs.ts';`,
      /may not import server store/,
    ],
    [
      'the engine and a driver, lazily',
      'server/engine/runner.ts',
      `const x = await import('../drivers/mail/pool.ts');`,
      /may not import server driver/,
    ],
    ['an edge and the database', 'server/http/app.ts', `import pg from 'pg';`, /server edge may not use pg/],
    [
      'a use case and Express',
      'server/features/runs/start.ts',
      `import type { Request } from 'express';`,
      /may not use express/,
    ],
    [
      'shared/ and Node',
      'shared/engine/plan.ts',
      `import { randomUUID } from 'node:crypto';`,
      /shared engine may not use node:crypto/,
    ],
    ['shared/ and React', 'shared/nodes/texts.ts', `import { useState } from 'react';`, /shared may not use react/],
    [
      'a store and an edge',
      'server/store/runs.ts',
      `import { x } from '../http/app.ts';`,
      /may not import server edge/,
    ],
    ['a folder nobody knows', 'server/misc/x.ts', ``, /layer-rules\.ts does not know/],
  ])('%s', (_, file, text, expected) => {
    const found = judge({ [file]: `// first line\n${text}\n` });
    expect(found.join('\n')).toMatch(expected);
    expect(found).toHaveLength(1);
    if (text) expect(found[0]).toContain(`${file}:2`);
  });

  test('a circle', () => {
    const found = judge({
      'shared/engine/a.ts': `import { b } from './b.ts'; export const a = 1;`,
      'shared/engine/b.ts': `export * from './c.ts';`,
      'shared/engine/c.ts': `import { a } from './a.ts'; export const b = a;`,
    });
    expect(found).toEqual([
      'shared/engine/a.ts imports go in a circle: shared/engine/a.ts → shared/engine/b.ts → shared/engine/c.ts → shared/engine/a.ts',
    ]);
  });
});

describe('what the design allows is not complained about', () => {
  test.each<[string, string, string]>([
    ['skipping a layer', 'client/features/home/Page.tsx', `import { api } from '../../api/client.ts';`],
    ['a use case and a store', 'server/features/runs/start.ts', `import { x } from '../../store/runs.ts';`],
    ['a neighbour in the same feature', 'server/features/runs/start.ts', `import { x } from './stop.ts';`],
    ['a runner and Node', 'shared/nodes/http-request/run.server.ts', `import { Buffer } from 'node:buffer';`],
    [
      'a runner and its own node',
      'shared/nodes/delay/run.server.ts',
      `import { x } from './index.ts'; import { y } from '../contract.ts';`,
    ],
    [
      'a panel and the form',
      'shared/nodes/delay/Panel.client.tsx',
      `import { x } from '../../../client/nodes/form.tsx';`,
    ],
    ['a driver and the ports', 'server/drivers/mail/pool.ts', `import type { Ports } from '../../engine/ports.ts';`],
    ['a test and anything', 'server/engine/runner.test.ts', `import { x } from '../drivers/mail/fake.ts';`],
    ['an import in a comment', 'server/engine/runner.ts', `// import express from 'express';`],
    ['an import in a text', 'server/engine/runner.ts', 'export const x = `import express from "express"`;'],
  ])('%s', (_, file, text) => {
    expect(judge({ [file]: text })).toEqual([]);
  });

  test('a circle of types only, which is gone before anything runs', () => {
    const files = {
      'shared/engine/a.ts': `import type { B } from './b.ts'; export type A = B;`,
      'shared/engine/b.ts': `import { type A } from './a.ts'; export type B = A | 1;`,
    };
    expect(judge(files)).toEqual([]);
  });
});

test('every form of import is read, with its target and line', () => {
  plant({
    'client/a.tsx': `import d from './b';\nexport { x } from './c.ts';\nimport './d.css';\nconst l = () => import('./e.tsx');\nexport const j = <div title="import 'no'" />;`,
    'client/b/index.ts': '',
    'client/c.ts': '',
    'client/e.tsx': '',
  });
  const read = readImports(root, listSources(root, ['client'])).map(({ to, line }) => `${to}:${line}`);
  expect(read.toSorted()).toEqual(['client/b/index.ts:1', 'client/c.ts:2', 'client/d.css:3', 'client/e.tsx:4']);
});

test.each<[string, string[], string[]]>([
  ['nothing in a tree', ['a>b', 'a>c', 'b>d', 'c>d'], []],
  ['a file that imports itself', ['a>a'], ['a']],
  ['two circles apart', ['a>b', 'b>a', 'c>d', 'd>e', 'e>c'], ['a b', 'c d e']],
  ['the shortest way of a tangle', ['a>b', 'b>c', 'c>a', 'c>d', 'd>c'], ['a b c']],
])('cycles: %s', (_, edges, expected) => {
  const parsed = edges.map((edge) => ({ from: edge.charAt(0), to: edge.charAt(2) }));
  expect(findCycles(parsed).map((cycle) => cycle.join(' '))).toEqual(expected);
});
