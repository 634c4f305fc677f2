import type { Express } from 'express';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './document.ts';

/** `/api/openapi.json` and `/api/docs`, made once when first asked for. Both are public: they say nothing about anybody. */
export function mountDocs(app: Express, publicUrl: string, version: string): void {
  let made: Promise<{ json: string; html: string }> | undefined;
  const make = async () => {
    const document = await openApiDocument(publicUrl, version);
    return { json: JSON.stringify(document), html: docsPage(document) };
  };
  app.get('/api/openapi.json', async (_request, response) => {
    const { json } = await (made ??= make());
    response.type('application/json').set('Cache-Control', 'public, max-age=300').send(json);
  });
  app.get('/api/docs', async (_request, response) => {
    const { html } = await (made ??= make());
    response.type('html').set('Cache-Control', 'public, max-age=300').send(html);
  });
}
