/**
 * What every kind must keep. Runs over all folders by itself: a new kind is tested by being there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadCatalogue } from '../../server/nodes/registry.ts';
import { bind, compileBinding } from '../engine/bind.ts';
import { expressionFields } from '../engine/expression-fields.ts';
import { type NodeDefinition, nodeGroups, outPortsOf } from './contract.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const { catalogue, runners } = await loadCatalogue();
const scope = {
  trigger: {},
  input: null,
  steps: {},
  run: { id: 'r', startedAt: '' },
  workspace: { name: '' },
  now: '2026-01-01T00:00:00.000Z',
};
const context = (input: unknown = { a: 1 }) => ({
  input,
  inputs: [{ node: 'a', port: 'out', output: input }],
  now: new Date('2026-01-01T00:00:00Z'),
});

/** All schemas below an object schema with their paths. */
function* allFields(schema: z.ZodType, path = ''): Generator<[path: string, schema: z.ZodType]> {
  if (schema instanceof z.ZodObject) {
    for (const [key, inner] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      yield [`${path}${key}`, inner];
      yield* allFields(inner, `${path}${key}.`);
    }
  } else if (schema instanceof z.ZodArray) yield* allFields(schema.element as z.ZodType, path);
  else if (schema instanceof z.ZodUnion)
    for (const option of schema.options) yield* allFields(option as z.ZodType, path);
  else if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    yield* allFields(schema.unwrap() as z.ZodType, path);
  }
}

/** Anything handed to a preview that it must not use: every access fails the test. */
function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freezeDeep(inner);
  }
  return value;
}

it('every folder is a kind', () => expect([...catalogue.keys()]).toEqual(folders.sort()));

describe.each(folders)('%s', (kind) => {
  const node = catalogue.get(kind) as NodeDefinition;
  const defaults = () => node.config.parse({});

  it('has a name, a group, a version and texts', () => {
    expect(node.kind).toBe(kind);
    expect(nodeGroups).toContain(node.group);
    expect(node.version).toBeGreaterThanOrEqual(1);
    expect(node.icon).toMatch(/^[a-z][a-z0-9-]*$/);
    for (const text of Object.values(node.texts)) expect(text.trim()).not.toBe('');
    expect(node.texts.description.length).toBeLessThanOrEqual(60);
    expect(node.texts.description).not.toMatch(/\.$/);
    expect(node.texts.help.length).toBeGreaterThan(60);
  });

  it('is a trigger exactly when nothing leads in and it says what starts it', () => {
    expect(node.ports.in.length === 0).toBe(node.group === 'trigger');
    expect(node.trigger !== undefined).toBe(node.group === 'trigger');
    expect(runners.has(kind)).toBe(node.group !== 'trigger');
  });

  it('starts with settings that parse, twice the same', () => {
    expect(node.config.safeParse({}).error).toBeUndefined();
    expect(node.config.parse(defaults())).toEqual(defaults());
  });

  it('has a title for every field, options for every choice, and showWhen that names a field beside it', () => {
    const fields = [...allFields(node.config)];
    expect(fields.length).toBeGreaterThan(0);
    for (const [path, schema] of fields) {
      const meta = schema.meta() as
        | { title?: string; options?: unknown[]; showWhen?: { field: string }; description?: string }
        | undefined;
      expect([path, meta?.title?.trim() || undefined]).toEqual([path, expect.any(String)]);
      if (schema instanceof z.ZodDefault && schema.unwrap() instanceof z.ZodEnum)
        expect([path, meta?.options?.length]).toEqual([path, expect.any(Number)]);
      const beside = path.includes('.') ? `${path.slice(0, path.lastIndexOf('.') + 1)}` : '';
      if (meta?.showWhen !== undefined)
        expect(fields.map(([other]) => other)).toContain(`${beside}${meta.showWhen.field}`);
    }
  });

  it('becomes a JSON Schema with the form’s meta in it', () => {
    const schema = z.toJSONSchema(node.config, { io: 'input', unrepresentable: 'any' });
    expect(schema.type).toBe('object');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    for (const property of Object.values(schema.properties ?? {})) {
      expect(property).toMatchObject({ title: expect.any(String) });
      expect(property).toHaveProperty('default');
    }
  });

  it('binds every expression field', () => {
    const filled = JSON.parse(JSON.stringify(defaults())) as Record<string, unknown>;
    const fields = expressionFields(node.config, filled);
    for (const { path } of fields) {
      let at: Record<string | number, unknown> = filled;
      for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
      at[path.at(-1) as string | number] = '{{ trigger.word }}';
    }
    const bound = bind(compileBinding(node, filled), { ...scope, trigger: { word: 'bound' } });
    for (const { path } of fields) {
      const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], bound);
      expect([path.join('.'), value]).toEqual([path.join('.'), 'bound']);
    }
  });

  it('can be undone where it says so, and only there', () => {
    expect(node.undo !== undefined).toBe(runners.get(kind)?.compensate !== undefined);
    if (node.effect === 'reversible') expect(node.undo).toBeDefined();
    for (const field of node.undo?.fields ?? []) expect(Object.keys(node.config.shape)).toContain(field);
    expect(node.undo?.possible(defaults()) ?? false).toBe(node.effect === 'reversible');
  });

  it('has ports of distinct names', () => {
    for (const ports of [node.ports.in, outPortsOf(node, defaults(), 'port')]) {
      const ids = ports.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id } of ports) expect(id).toMatch(/^[a-z0-9_]{1,64}$/);
    }
    // The canvas asks while someone types, before settings fit the schema.
    expect(() => outPortsOf(node, {}, undefined)).not.toThrow();
    expect(() => node.join?.({})).not.toThrow();
  });

  it('sums itself up in one short line', () => {
    const summary = node.summary(defaults());
    expect(summary.trim()).not.toBe('');
    expect(summary.length).toBeLessThanOrEqual(120);
    expect(summary).not.toMatch(/\n/);
    const long = JSON.parse(
      JSON.stringify(defaults(), (_key, value: unknown) => (value === '' ? 'a long text '.repeat(200) : value)),
    ) as Record<string, unknown>;
    const parsed = node.config.safeParse(long);
    if (parsed.success) expect(node.summary(parsed.data).length).toBeLessThanOrEqual(120);
  });

  it('checks its defaults and names fields that exist', () => {
    const paths = [...allFields(node.config)].map(([path]) => path);
    for (const { field, message } of node.check?.(defaults()) ?? []) {
      expect(paths).toContain(field.replace(/\.\d+(?=\.|$)/g, ''));
      expect(message).toMatch(/\.$/);
    }
  });

  it('gives an example that is JSON', () => {
    for (const input of [null, { a: 1 }, [1], 'text']) {
      const sample = node.sample(defaults(), input);
      expect(sample).not.toBeUndefined();
      expect(JSON.parse(JSON.stringify(sample))).toEqual(sample);
    }
  });

  it('previews its defaults without throwing, without changing anything, and always the same', () => {
    for (const input of [null, { a: 1 }, [1], 'text', node.sample(defaults(), null)]) {
      const config = freezeDeep(defaults());
      const given = freezeDeep(context(structuredClone(input)));
      const preview = node.preview(config, given);
      expect(preview.summary.trim()).not.toBe('');
      expect(node.preview(config, given)).toEqual(preview);
      const ports = outPortsOf(node, config, undefined).map(({ id }) => id);
      if (preview.port !== undefined && kind !== 'switch') expect(ports).toContain(preview.port);
    }
  });

  it('estimates usage within its own bounds', () => {
    const usage = node.usage?.(defaults());
    if (usage === undefined) return;
    expect(usage.inputTokens).toBeGreaterThanOrEqual(0);
    expect(usage.outputTokens.min).toBeLessThanOrEqual(usage.outputTokens.max);
  });

  it('imports nothing of the server, of a driver or of another kind', () => {
    const folder = join(import.meta.dirname, kind);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)].map(
        ([, from]) => from as string,
      );
      for (const from of imports)
        expect([file, from]).toEqual([
          file,
          expect.stringMatching(
            /^(?:\.\/[\w-]+(?:\.server)?\.ts|\.\.\/[\w-]+\.ts|\.\.\/\.\.\/(?:errors|workflow\/\w+|schedule\/[\w/-]+)\.ts|zod)$/,
          ),
        ]);
      if (!file.endsWith('.server.ts')) expect(imports.filter((from) => from.includes('.server'))).toEqual([]);
    }
  });

  it('acts only through ports that carry the idempotency key, if what it does cannot be taken back', () => {
    if (node.effect !== 'irreversible') return;
    const source = readFileSync(join(import.meta.dirname, kind, 'run.server.ts'), 'utf8');
    // The mail port is bound to the step's key by the engine; anything else must be handed it.
    expect(source).toMatch(/ports\.mail\.send|idempotencyKey/);
  });
});
