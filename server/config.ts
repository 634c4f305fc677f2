import { resolve } from 'node:path';
import { z } from 'zod';
import { faultPoints, parseFault, type Fault } from './faults.ts';
import { Secret } from './secret.ts';
import { keptSecretKey } from './secret-key.ts';
import { StartupError } from './startup-error.ts';

/** The whole environment, typed and frozen. Everything that configures the server comes from here and nowhere else. */
export interface Config {
  /** NODE_ENV is `production`. */
  readonly production: boolean;
  /** `npm run dev`: the client is served by Vite from its sources. */
  readonly dev: boolean;
  /** What this process does; `all` is both. */
  readonly role: 'all' | 'web' | 'worker';
  readonly host: string | undefined;
  /** 0 means: any free port; null: none, which is the default of workers. */
  readonly port: number | null;
  /** How people reach us, without a slash at the end; undefined means `http://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  /** Absolute folder for everything that must survive a restart. */
  readonly dataDir: string;
  /** Undefined means: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: Secret | undefined;
  readonly redisUrl: Secret | undefined;
  /** Signs sessions and encrypts credentials; at least 32 characters. */
  readonly secretKey: Secret;
  readonly mail: {
    /** Undefined means: the built-in test inbox. */
    readonly smtpUrl: Secret | undefined;
    readonly from: string;
  };
  readonly openai: ProviderConfig;
  readonly anthropic: ProviderConfig;
  readonly inhouse: ProviderConfig & { readonly model: string | undefined };
  /** Private addresses that outgoing connections may reach, exactly. */
  readonly outboundAllow: readonly HostPort[];
  /** For Express: false, a number of proxies, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly stripe: {
    readonly secretKey: Secret | undefined;
    readonly webhookSecret: Secret | undefined;
    readonly apiBase: string | undefined;
  };
  readonly sentryDsn: Secret | undefined;
  readonly otlpEndpoint: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** For tests only; see faults.ts. */
  readonly fault: Fault | null;
}

export interface ProviderConfig {
  readonly apiKey: Secret | undefined;
  readonly baseUrl: string | undefined;
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Says for each wrong variable which it is, what is wrong with it and what to do. Never shows a secret's value. */
export class ConfigError extends StartupError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const defaultPort = 3000;
const roles = ['all', 'web', 'worker'] as const;

const text = z.string().optional();

const oneOf = <const T extends readonly [string, ...string[]]>(choices: T, fallback: T[number]) =>
  z
    .enum(choices, { error: ({ input }) => `"${String(input)}" is not known. Set one of ${choices.join(', ')}.` })
    .default(fallback);

/** A URL of one of `protocols` (with colon), kept as written but for a slash at the end. */
const url = (protocols: readonly string[], example: string) =>
  z
    .string()
    .refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), {
      error: `is not a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}. Set it like ${example}.`,
    })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional();

const web = ['http:', 'https:'];
const secretUrl = (protocols: readonly string[], example: string) => url(protocols, example).transform(toSecret);
const secretText = text.transform(toSecret);

const environment = z.object({
  NODE_ENV: text,
  DEV: text,
  ROLE: oneOf(roles, 'all'),
  HOST: text,
  PORT: z
    .string()
    .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
      error: ({ input }) => `"${String(input)}" is not a port. Set a number from 0 to 65535, or leave it out for 3000.`,
    })
    .transform(Number)
    .optional(),
  PUBLIC_URL: url(web, 'https://mailweave.example.com'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: secretUrl(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/mailweave'),
  REDIS_URL: secretUrl(['redis:', 'rediss:'], 'redis://host:6379'),
  SECRET_KEY: z
    .string()
    .min(32, { error: 'is shorter than 32 characters. Make one with: openssl rand -hex 32' })
    .optional()
    .transform(toSecret),
  SMTP_URL: secretUrl(['smtp:', 'smtps:'], 'smtps://user:password@smtp.example.com:465'),
  MAIL_FROM: z
    .string()
    .refine((value) => /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value), {
      error: ({ input }) => `${JSON.stringify(input)} is not a sender. Set it like Mailweave <hello@example.com>.`,
    })
    .default('Mailweave <mailweave@localhost>'),
  OPENAI_API_KEY: secretText,
  OPENAI_BASE_URL: url(web, 'https://api.openai.com/v1'),
  ANTHROPIC_API_KEY: secretText,
  ANTHROPIC_BASE_URL: url(web, 'https://api.anthropic.com'),
  INHOUSE_API_KEY: secretText,
  INHOUSE_BASE_URL: url(web, 'http://localhost:11434/v1'),
  INHOUSE_MODEL: text,
  OUTBOUND_ALLOW: z.string().default('').transform(parseHostPorts),
  TRUST_PROXY: z.string().default('').transform(parseTrustProxy),
  TLS_CERT_FILE: text,
  TLS_KEY_FILE: text,
  STRIPE_SECRET_KEY: secretText,
  STRIPE_WEBHOOK_SECRET: secretText,
  STRIPE_API_BASE: url(web, 'https://api.stripe.com'),
  SENTRY_DSN: secretUrl(web, 'https://key@sentry.example.com/1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(web, 'http://localhost:4318'),
  LOG_LEVEL: oneOf(logLevels, 'info'),
  FAULT_POINT: z.string().optional().transform(parseFaultVariable),
});

type Environment = z.output<typeof environment>;

/**
 * Reads the environment. Makes and keeps SECRET_KEY under DATA_DIR when it is absent.
 * @throws ConfigError that lists everything wrong at once.
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable (common in compose files) counts as absent.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(toConfig(parsed.data));
}

/** What is fine alone and wrong together. */
function contradictions(env: Environment): string[] {
  const production = env.NODE_ENV === 'production';
  const problems: string[] = [];
  if (production && env.DATABASE_URL && !env.SECRET_KEY) {
    problems.push(
      'SECRET_KEY is missing. Several processes may share this database, so none can make it up. Make one with: openssl rand -hex 32',
    );
  }
  if (production && env.ROLE === 'worker' && !env.PUBLIC_URL) {
    problems.push('PUBLIC_URL is missing. A worker sends mails with links, and cannot know where they should lead.');
  }
  if (production && env.FAULT_POINT) {
    problems.push('FAULT_POINT kills the process on purpose. Remove it, or do not set NODE_ENV=production.');
  }
  if (Boolean(env.TLS_CERT_FILE) !== Boolean(env.TLS_KEY_FILE)) {
    const missing = env.TLS_CERT_FILE ? 'TLS_KEY_FILE' : 'TLS_CERT_FILE';
    problems.push(`${missing} is missing. TLS needs both files; set it, or remove the other.`);
  }
  if (env.INHOUSE_BASE_URL && !env.INHOUSE_MODEL) {
    problems.push('INHOUSE_MODEL is missing. Set the name of a model that the server at INHOUSE_BASE_URL has.');
  }
  return problems;
}

function toConfig(env: Environment): Config {
  const dataDir = resolve(env.DATA_DIR);
  return {
    production: env.NODE_ENV === 'production',
    dev: env.DEV === '1',
    role: env.ROLE,
    host: env.HOST,
    port: env.PORT ?? (env.ROLE === 'worker' ? null : defaultPort),
    publicUrl: env.PUBLIC_URL,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    secretKey: env.SECRET_KEY ?? keptSecretKey(dataDir),
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    openai: { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL },
    anthropic: { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL },
    inhouse: { apiKey: env.INHOUSE_API_KEY, baseUrl: env.INHOUSE_BASE_URL, model: env.INHOUSE_MODEL },
    outboundAllow: env.OUTBOUND_ALLOW,
    trustProxy: env.TRUST_PROXY,
    tls: env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE } : undefined,
    stripe: {
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET,
      apiBase: env.STRIPE_API_BASE,
    },
    sentryDsn: env.SENTRY_DSN,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: env.LOG_LEVEL,
    fault: env.FAULT_POINT,
  };
}

function toSecret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

function parseHostPorts(value: string, context: z.RefinementCtx): HostPort[] {
  return splitList(value).map((pair) => {
    const match = /^(\[[0-9a-f:.]+\]|[^\s:/]+):(\d{1,5})$/i.exec(pair);
    if (!match?.[1] || Number(match[2]) > 65_535 || Number(match[2]) === 0) {
      context.addIssue({
        code: 'custom',
        message: `has "${pair}", which is no host with a port. Set it like 127.0.0.1:8025,ollama.local:11434.`,
      });
      return { host: '', port: 0 };
    }
    return { host: match[1].replace(/^\[|\]$/g, '').toLowerCase(), port: Number(match[2]) };
  });
}

/** `true` is refused on purpose: it would let any client make up its own address. */
function parseTrustProxy(value: string, context: z.RefinementCtx): false | number | string[] {
  if (value === '' || value === '0' || value === 'false') return false;
  if (/^\d+$/.test(value)) return Number(value);
  const entries = splitList(value);
  const odd = entries.find(
    (entry) => !/^(?:loopback|linklocal|uniquelocal|[0-9a-f:.]*[:.][0-9a-f:.]*(?:\/\d{1,3})?)$/i.test(entry),
  );
  if (odd === undefined) return entries;
  context.addIssue({
    code: 'custom',
    message: `has "${odd}". Set the number of proxies in front (1), or their addresses (10.0.0.0/8, loopback).`,
  });
  return false;
}

function parseFaultVariable(value: string | undefined, context: z.RefinementCtx): Fault | null {
  if (value === undefined) return null;
  const fault = parseFault(value);
  if (fault) return fault;
  context.addIssue({
    code: 'custom',
    message: `"${value}" is not known. Set one of ${faultPoints.join(', ')}, or name:N.`,
  });
  return null;
}

const splitList = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}
