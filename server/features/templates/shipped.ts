import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { templateSchema, type Template } from '../../../shared/api/templates.ts';
import { templateFaults } from './fill.ts';

const LIBRARY = fileURLToPath(new URL('../../../shared/templates', import.meta.url));
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Reads the templates that ship with the product: one JSON file each, named by its id.
 * @throws Error naming the file and what is wrong with it; a broken template must not start.
 */
export async function loadShippedTemplates(directory = LIBRARY): Promise<ReadonlyMap<string, Template>> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.json')).toSorted();
  const templates = await Promise.all(files.map((file) => readTemplate(directory, file)));
  return new Map(templates.map((template) => [template.id, template]));
}

async function readTemplate(directory: string, file: string): Promise<Template> {
  const refuse = (what: string, cause?: unknown): never => {
    throw new Error(`shared/templates/${file}: ${what}`, { cause });
  };
  const text = await readFile(join(directory, file), 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    refuse('it is not JSON', error);
  }
  const parsed = templateSchema.safeParse(json);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const template = parsed.data;
  if (!SLUG.test(template.id) || file !== `${template.id}.json`) refuse(`its id must be a slug and its file's name`);
  if (template.category === 'own') refuse('the category "own" is for templates of workspaces');
  const faults = templateFaults(template);
  if (faults.length > 0) refuse(faults.join('; '));
  return template;
}
