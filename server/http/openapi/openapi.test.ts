import { expect, test } from 'vitest';
import { contract } from '../../../shared/api/contract.ts';
import { docsPage } from './docs-page.ts';
import { openApiDocument, operationsOf } from './document.ts';

const document = await openApiDocument('https://mail.example', '1.2.3');
const routes = Object.entries(contract).flatMap(([resource, own]) =>
  Object.keys(own).map((name) => `${resource}.${name}`),
);

test('the document has exactly the routes of the contract, each with its role, summary and error answer', () => {
  const operations = operationsOf(document);
  expect(operations.map(({ operationId }) => String(operationId)).toSorted()).toEqual(routes.toSorted());
  for (const operation of operations) {
    expect(operation).toMatchObject({
      'x-role': expect.stringMatching(/^(owner|editor|viewer)$/),
      summary: expect.stringMatching(/^[A-Z]/),
      responses: { default: { $ref: '#/components/responses/Error' } },
    });
  }
});

test('every reference leads somewhere, and the ways to sign in are declared', () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  expect(references.length).toBeGreaterThan(50);
  for (const path of references) {
    const target = path
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(target, path).toBeDefined();
  }
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\./),
    info: { title: 'Mailweave API', version: '1.2.3' },
    servers: [{ url: 'https://mail.example/api/v1' }],
    components: {
      securitySchemes: { apiKey: { scheme: 'bearer' }, session: { name: '__Host-mailweave.session_token' } },
    },
  });
});

test('path parameters stand in the path and are required', () => {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    for (const operation of [item?.get, item?.post, item?.put, item?.patch, item?.delete]) {
      if (!operation) continue;
      const declared = (operation.parameters ?? []).filter((parameter) => 'in' in parameter && parameter.in === 'path');
      expect(declared.map((parameter) => String('name' in parameter && parameter.name)).toSorted(), path).toEqual(
        names.toSorted(),
      );
    }
  }
});

test('the page shows every route, works without scripts and loads nothing', () => {
  const html = docsPage(document);
  for (const route of routes) expect(html).toContain(`id="${route.toLowerCase().replace('.', '-')}"`);
  expect(html).not.toMatch(/<script|<link|@import|url\(|undefined|\[object/);
});
