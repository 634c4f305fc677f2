import type { OpenAPI } from '@orpc/contract';
import { escapeHtml } from '../../../shared/nodes/html-text.ts';
import { docsStyle } from './docs-style.ts';
import { schemaView, typeText, type Schema } from './schema-view.ts';

interface Route {
  verb: string;
  path: string;
  operation: OpenAPI.OperationObject;
}

const verbs = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Draws an OpenAPI document as one page without scripts and without anything from elsewhere. */
export function docsPage(document: OpenAPI.Document): string {
  const routes = routesOf(document);
  const base = document.servers?.[0]?.url ?? '';
  const sections = (document.tags ?? []).map(({ name, description = '' }) => {
    const own = routes.filter(({ operation }) => operation.tags?.includes(name));
    return (
      `<section><h2 id="${anchor(name)}">${escapeHtml(name)}</h2><p class="lead">${escapeHtml(description)}</p>` +
      `${own.map((route) => operationView(route, base)).join('')}</section>`
    );
  });
  const links = (document.tags ?? []).map(({ name }) => `<a href="#${anchor(name)}">${escapeHtml(name)}</a>`);
  const { title, version, description = '' } = document.info;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeHtml(title)}</title><style>${docsStyle}</style></head><body><div class="page">` +
    `<nav aria-label="Contents"><a class="brand" href="/">Mailweave</a><strong>Start</strong><a href="#start">Introduction</a>` +
    `<a href="/api/openapi.json">OpenAPI document</a><strong>Resources</strong>${links.join('')}` +
    `<strong>Reference</strong><a href="#schemas">Schemas</a></nav>` +
    `<main><h1 id="start">${escapeHtml(title)}</h1><p class="lead">Version ${escapeHtml(version)} · ${escapeHtml(base)}</p>` +
    `${introduction(description)}${example(base)}${sections.join('')}${schemas(document)}</main></div></body></html>`
  );
}

function routesOf(document: OpenAPI.Document): Route[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const operation = item?.[verb];
      return operation ? [{ verb, path, operation }] : [];
    }),
  );
}

function operationView({ verb, path, operation }: Route, base: string): string {
  const role = 'x-role' in operation ? String(operation['x-role']) : '';
  return (
    `<details id="${anchor(operation.operationId ?? path)}"><summary><span class="verb ${verb}">${verb.toUpperCase()}</span>` +
    `<span class="path">${escapeHtml(path)}</span><span class="what">${escapeHtml(operation.summary ?? '')}</span></summary>` +
    `<div class="body">${role ? `<span class="role">role: ${escapeHtml(role)}</span>` : ''}` +
    `${parametersView(operation)}${bodyView(operation)}${answersView(operation)}` +
    `<h3>Example</h3><pre><code>${escapeHtml(curl(verb, base + path, operation))}</code></pre></div></details>`
  );
}

function parametersView({ parameters = [] }: OpenAPI.OperationObject): string {
  const rows = parameters.flatMap((parameter) => {
    if ('$ref' in parameter) return [];
    const optional = parameter.required ? '' : '<i>optional</i>';
    const type = typeText((parameter.schema ?? {}) as Schema);
    return [
      `<li><code>${escapeHtml(parameter.name ?? '')}</code>${optional}<span class="type">${type}, in ${parameter.in}</span></li>`,
    ];
  });
  return rows.length > 0 ? `<h3>Parameters</h3><ul class="schema">${rows.join('')}</ul>` : '';
}

function bodyView({ requestBody }: OpenAPI.OperationObject): string {
  if (!requestBody || '$ref' in requestBody) return '';
  const schema = requestBody.content['application/json']?.schema;
  return schema ? `<h3>Body</h3>${schemaView(schema as Schema)}` : '';
}

function answersView({ responses = {} }: OpenAPI.OperationObject): string {
  return Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, response]) => {
      if (!response || '$ref' in response) return '';
      const [type, media] = Object.entries(response.content ?? {})[0] ?? [];
      const kind =
        type === undefined || type === 'application/json' ? '' : ` <span class="type">${escapeHtml(type)}</span>`;
      return `<h3>Answer ${escapeHtml(status)}${kind}</h3>${media?.schema ? schemaView(media.schema as Schema) : ''}`;
    })
    .join('');
}

function curl(verb: string, url: string, { requestBody }: OpenAPI.OperationObject): string {
  const lines = [
    `curl ${verb === 'get' ? '' : `-X ${verb.toUpperCase()} `}'${url}'`,
    `  -H 'Authorization: Bearer mw_…'`,
  ];
  if (requestBody) lines.push(`  -H 'Content-Type: application/json'`, `  -d '{ … }'`);
  return lines.join(' \\\n');
}

function schemas(document: OpenAPI.Document): string {
  const all = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${escapeHtml(name)}"><summary><span class="path">${escapeHtml(name)}</span></summary>` +
      `<div class="body"><h3>Fields</h3>${schemaView(schema as Schema)}</div></details>`,
  );
  return `<section><h2 id="schemas">Schemas</h2><p class="lead">What the answers above are made of.</p>${all.join('')}</section>`;
}

/** Bold and code are all the Markdown that the introduction uses. */
function introduction(markdown: string): string {
  return markdown
    .split('\n\n')
    .map((paragraph) => {
      const html = escapeHtml(paragraph)
        .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
        .replace(/`(.+?)`/g, '<code>$1</code>');
      return `<p>${html}</p>`;
    })
    .join('');
}

function example(base: string): string {
  const text = `# Make a workflow, then list what there is\ncurl -X POST '${base}/workflows' \\\n  -H 'Authorization: Bearer mw_…' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"name": "Welcome mail"}'\n\ncurl '${base}/workflows?limit=10' -H 'Authorization: Bearer mw_…'`;
  return `<pre><code>${escapeHtml(text)}</code></pre>`;
}

function anchor(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
