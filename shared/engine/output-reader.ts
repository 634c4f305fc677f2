/**
 * What most expressions are, a path with a filter or two, read without Liquid's generators: one call per key and filter instead of an iterator
 * for each token. Means exactly what Liquid means; whatever it does not know is left to Liquid.
 */
import { type Context, type Output, toValueSync } from 'liquidjs';

type Scope = Readonly<Record<string, unknown>>;
type Read = (scope: Scope) => unknown;
type Filter = Output['value']['filters'][number];

/** A token of Liquid's expressions: a literal has content, a path has props. */
interface Operand {
  content?: unknown;
  props?: readonly { content?: unknown }[];
  variable?: unknown;
}

/** The keys of a plain `a.b["c"][0]`; undefined for anything that has to be computed. */
export function staticPath(template: Output): (string | number)[] | undefined {
  const token = loneOperand(template);
  return token && keysOf(token);
}

/**
 * The value of an output whose parts are literals and plain paths: `a.b | times: 2 | default: c`; undefined where something in it has to be
 * computed. Filters get what Liquid would give them, its context included.
 */
export function outputReader(template: Output): ((scope: Scope, context: () => Context) => unknown) | undefined {
  const token = loneOperand(template);
  const initial = token && operandReader(token);
  if (initial === undefined) return undefined;
  const applications: ReturnType<typeof application>[] = [];
  for (const filter of template.value.filters) applications.push(application(filter));
  if (!applications.every((apply) => apply !== undefined)) return undefined;
  return (scope, context) => {
    let value = initial(scope);
    for (const apply of applications) value = apply(value, scope, context);
    return value;
  };
}

function application(filter: Filter): ((value: unknown, scope: Scope, context: () => Context) => unknown) | undefined {
  const reads: Read[] = [];
  for (const arg of (filter as unknown as { args: readonly (Operand | [string, Operand])[] }).args) {
    const named = Array.isArray(arg);
    const read = operandReader(named ? arg[1] : arg);
    if (read === undefined) return undefined;
    reads.push(named ? (scope) => [arg[0], read(scope)] : read);
  }
  const { handler, token, liquid } = filter as unknown as {
    handler: (this: unknown, ...given: unknown[]) => unknown;
    token: unknown;
    liquid: unknown;
  };
  // Some filters are generators themselves.
  return (value, scope, context) =>
    toValueSync(
      handler.call(new FilterCall(context, token, liquid), value, ...reads.map((read) => read(scope))) as never,
    );
}

/** What a filter has as `this`. Most never look at the context: it is made for those that do. */
class FilterCall {
  readonly token: unknown;
  readonly liquid: unknown;
  private readonly make: () => Context;

  constructor(make: () => Context, token: unknown, liquid: unknown) {
    this.make = make;
    this.token = token;
    this.liquid = liquid;
  }

  get context(): Context {
    return this.make();
  }
}

function loneOperand(template: Output): Operand | undefined {
  const { postfix } = template.value.initial as unknown as { postfix: readonly Operand[] };
  return postfix.length === 1 ? postfix[0] : undefined;
}

function operandReader(token: Operand): Read | undefined {
  if ('content' in token) return () => token.content;
  const keys = keysOf(token);
  return keys && ((scope) => readPath(scope, keys));
}

function keysOf({ props, variable }: Operand): (string | number)[] | undefined {
  if (props === undefined || variable !== undefined) return undefined;
  const keys: (string | number)[] = [];
  for (const { content } of props) {
    if (typeof content !== 'string' && typeof content !== 'number') return undefined;
    keys.push(content);
  }
  return typeof keys[0] === 'string' ? keys : undefined;
}

/** Liquid's property access over JSON data. */
export function readPath(scope: Scope, path: readonly (string | number)[]): unknown {
  let value: unknown = scope;
  for (const key of path) {
    if (value === null || value === undefined) return undefined;
    value = readKey(value, key);
  }
  return typeof value === 'function' ? undefined : value;
}

function readKey(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    if (typeof key === 'number') return value.at(key);
    if (key === 'size') return value.length;
    if (key === 'first') return value[0];
    if (key === 'last') return value.at(-1);
    return /^\d{1,10}$/.test(key) ? value[Number(key)] : undefined;
  }
  if (typeof value === 'string') return key === 'size' ? value.length : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, key)) return (value as Record<string, unknown>)[key];
  return key === 'size' ? Object.keys(value).length : undefined;
}
