/**
 * Who may import whom. The arrows of the design, as data:
 *   client: main → app → features → canvas → nodes → stores → ui → api → i18n → shared
 *   server: main → http, realtime, mcp → features → engine, store, drivers, queue → database → shared
 *   engine → shared and its own ports only; nodes import neither each other nor drivers.
 */
export interface Rule<Name extends string = string> {
  imports: 'all' | readonly Name[];
  /** Beginnings of paths that are allowed beyond those layers. */
  also?: readonly string[];
  /** Packages that may not be used. */
  packages?: readonly RegExp[];
  /** Ends the sentence "may not import …:". */
  why: string;
}

const NODE = /^(?:node:|bun:|fs$|path$|crypto$|os$|http$|https$|net$|tls$|stream$|child_process$)/;
const SERVER_PACKAGES =
  /^(?:express|knex|pg|socket\.io|nodemailer|smtp-server|mailparser|better-auth|helmet|pino|undici|openai|@anthropic-ai\/sdk|@orpc\/server)$/;
const CLIENT_PACKAGES =
  /^(?:react|react-dom|react-router|@mantine\/.*|@xyflow\/.*|@tanstack\/.*|@codemirror\/.*|zustand|lucide-react|socket\.io-client)$/;

const inBrowser = {
  packages: [NODE, SERVER_PACKAGES],
  why: 'it runs in the browser, and arrows point from main down to shared',
} as const;

const onServer = { packages: [CLIENT_PACKAGES] } as const;

const SHARED = ['shared', 'shared engine', 'shared node'] as const;
const BASE = ['server base', ...SHARED] as const;

const layers = {
  'client main': {
    imports: ['client app', 'client i18n', 'client ui', 'client api', 'client stores', ...SHARED],
    ...inBrowser,
  },
  'client app': {
    imports: [
      'client feature',
      'client canvas',
      'client nodes',
      'client stores',
      'client ui',
      'client api',
      'client i18n',
      ...SHARED,
    ],
    ...inBrowser,
  },
  'client feature': {
    imports: ['client canvas', 'client nodes', 'client stores', 'client ui', 'client api', 'client i18n', ...SHARED],
    ...inBrowser,
  },
  'client canvas': {
    imports: ['client nodes', 'client stores', 'client ui', 'client api', 'client i18n', ...SHARED],
    ...inBrowser,
  },
  'client nodes': {
    imports: ['client stores', 'client ui', 'client api', 'client i18n', 'node panel', ...SHARED],
    ...inBrowser,
  },
  'client stores': { imports: ['client api', 'client i18n', ...SHARED], ...inBrowser },
  'client ui': { imports: ['client api', 'client i18n', ...SHARED], ...inBrowser },
  'client api': { imports: ['client i18n', ...SHARED], ...inBrowser },
  'client i18n': { imports: SHARED, ...inBrowser },
  'node panel': { imports: ['client nodes', 'client ui', 'client i18n', ...SHARED], ...inBrowser },

  'server main': { imports: 'all', ...onServer, why: 'it runs on the server' },
  'server edge': {
    imports: ['server feature', 'server engine', 'server bus', ...BASE],
    // Sessions and their rate limits are made of requests; no use case stands between.
    also: ['server/drivers/auth/'],
    packages: [CLIENT_PACKAGES, /^(?:knex|pg|nodemailer|openai|@anthropic-ai\/sdk)$/],
    why: 'an edge parses, calls a use case and presents; it reaches stores and drivers through features',
  },
  'server feature': {
    imports: [
      'server engine',
      'server store',
      'server driver',
      'server queue',
      'server bus',
      'server nodes',
      'server database',
      ...BASE,
    ],
    packages: [CLIENT_PACKAGES, /^(?:express|socket\.io|@orpc\/server)$/],
    why: 'a use case knows no edge and no sibling',
  },
  'server engine': {
    imports: BASE,
    packages: [CLIENT_PACKAGES, SERVER_PACKAGES],
    why: 'the engine knows shared/ and its own ports; effects are handed in',
  },
  'server store': {
    imports: ['server database', ...BASE],
    also: ['server/engine/ports.ts'],
    packages: [CLIENT_PACKAGES, /^(?:express|socket\.io|@orpc\/server)$/],
    why: 'a store knows the database and implements ports',
  },
  'server driver': {
    imports: ['server database', ...BASE],
    also: ['server/engine/ports.ts'],
    packages: [CLIENT_PACKAGES, /^(?:socket\.io|@orpc\/server)$/],
    why: 'a driver implements ports and knows no other part',
  },
  'server queue': {
    imports: ['server database', 'server store', 'server engine', ...BASE],
    packages: [CLIENT_PACKAGES, /^(?:express|socket\.io|@orpc\/server)$/],
    why: 'the queue stands over the database and feeds the engine',
  },
  'server bus': {
    imports: BASE,
    packages: [CLIENT_PACKAGES, /^(?:express|knex|socket\.io|@orpc\/server)$/],
    why: 'the line between processes carries what others hand it',
  },
  'server nodes': {
    imports: ['node runner', ...BASE],
    ...onServer,
    why: 'the catalogue finds the nodes and knows nothing of what uses them',
  },
  'server database': { imports: BASE, ...onServer, why: 'the database stands below everything on the server' },
  'server base': { imports: SHARED, ...onServer, why: 'what everybody uses may use nobody' },

  'node runner': {
    imports: SHARED,
    packages: [CLIENT_PACKAGES, SERVER_PACKAGES],
    why: 'a runner gets its drivers as ports, and nodes do not know each other',
  },
  'shared node': {
    imports: ['shared', 'shared engine'],
    packages: [NODE, CLIENT_PACKAGES, SERVER_PACKAGES],
    why: 'shared/ runs in the browser and on the server, and nodes do not know each other',
  },
  'shared engine': {
    imports: ['shared'],
    packages: [NODE, CLIENT_PACKAGES, SERVER_PACKAGES],
    why: 'the core is pure: it decides, and others act',
  },
  shared: {
    imports: ['shared engine'],
    packages: [NODE, CLIENT_PACKAGES, SERVER_PACKAGES],
    why: 'shared/ runs in the browser and on the server',
  },
} as const satisfies Record<string, Rule>;

export type LayerName = keyof typeof layers;

/** The rules of a layer; every layer that a rule names exists, which the type checker makes sure of. */
export const ruleOf = (layer: LayerName): Rule<LayerName> => layers[layer];

/** Path patterns, first match wins. A group named `part` is a folder whose siblings may not know it. */
const places: readonly [RegExp, LayerName][] = [
  [/^client\/(?:main\.tsx|test\/)/, 'client main'],
  [/^client\/app\//, 'client app'],
  [/^(?<part>client\/features\/[^/]+)/, 'client feature'],
  [/^client\/canvas\//, 'client canvas'],
  [/^client\/nodes\//, 'client nodes'],
  [/^client\/stores\//, 'client stores'],
  [/^client\/ui\//, 'client ui'],
  [/^client\/api\//, 'client api'],
  [/^client\/i18n\//, 'client i18n'],
  // The composition root, in as many files as it is readable in.
  [/^server\/(?:main|services|stores|mail|product|running)\.ts$/, 'server main'],
  [/^server\/nodes\//, 'server nodes'],
  [/^server\/(?:http|realtime|mcp)\//, 'server edge'],
  [/^(?<part>server\/features\/[^/]+)/, 'server feature'],
  [/^server\/engine\//, 'server engine'],
  [/^server\/store\//, 'server store'],
  [/^(?<part>server\/drivers\/[^/]+)/, 'server driver'],
  [/^server\/queue\//, 'server queue'],
  [/^server\/bus\//, 'server bus'],
  [/^server\/database\//, 'server database'],
  [/^server\/[^/]+\.ts$/, 'server base'],
  [/^(?<part>shared\/nodes\/[^/]+)\/.*\.client\.tsx?$/, 'node panel'],
  [/^(?<part>shared\/nodes\/[^/]+)\/.*\.server\.ts$/, 'node runner'],
  [/^(?<part>shared\/nodes\/[^/]+)\//, 'shared node'],
  [/^shared\/engine\//, 'shared engine'],
  [/^shared\//, 'shared'],
];

/** The layer of a file, and the folder in which it may know its neighbours; null outside the product. */
export function layerOf(file: string): { layer: LayerName; part: string | null } | null {
  for (const [pattern, layer] of places) {
    const match = pattern.exec(file);
    if (match) return { layer, part: match.groups?.part ?? null };
  }
  return null;
}

/** Two folders beside each other that may not know each other: features, drivers, nodes. */
export function areSiblings(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other && parentOf(one) === parentOf(other);
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
