/**
 * What most expressions are, a path with a filter or two, read without Liquid's generators: one call per key and filter instead of an iterator
 * for each token. Means exactly what Liquid means; whatever it does not know is left to Liquid.
 */
import { type Context, type Output, toValueSync, TypeGuards } from 'liquidjs';

type Scope = Readonly<Record<string, unknown>>;
type Read = (scope: Scope) => unknown;
type Filter = Output['value']['filters'][number];

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
  for (const arg of filter.args) {
    const named = Array.isArray(arg);
    const operand = named ? arg[1] : arg;
    const read = operand && operandReader(operand);
    if (read === undefined) return undefined;
    reads.push(named ? (scope) => [arg[0], read(scope)] : read);
  }
  const inner: unknown = filter;
  if (!isApplicable(inner)) return undefined;
  const { handler, token, liquid } = inner;
  // Some filters are generators themselves.
  return (value, scope, context) =>
    toValueSync<unknown>(
      handler.call(new FilterCall(context, token, liquid), value, ...reads.map((read) => read(scope))),
    );
}

/** What Liquid keeps to itself about a filter; one that looks otherwise is left to Liquid. */
interface Applicable {
  handler: (this: unknown, ...given: unknown[]) => unknown;
  token: unknown;
  liquid: unknown;
}

function isApplicable(filter: unknown): filter is Applicable {
  return typeof filter === 'object' && filter !== null && 'handler' in filter && typeof filter.handler === 'function';
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

function loneOperand(template: Output): object | undefined {
  const { postfix } = template.value.initial;
  return postfix.length === 1 ? postfix[0] : undefined;
}

/** Of a token of Liquid's expressions: a literal has content, a path has props. */
function operandReader(token: object): Read | undefined {
  if ('content' in token) {
    const { content } = token;
    return () => content;
  }
  const keys = keysOf(token);
  return keys && ((scope) => readPath(scope, keys));
}

function keysOf(token: object): (string | number)[] | undefined {
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return undefined;
  const keys: (string | number)[] = [];
  for (const prop of token.props) {
    const content = 'content' in prop ? prop.content : undefined;
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
