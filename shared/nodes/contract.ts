/**
 * What a node kind is. One folder per kind:
 *
 *   shared/nodes/<kind>/index.ts        exports `node` (this file's NodeDefinition): data and pure functions, runs in browser and server
 *   shared/nodes/<kind>/run.server.ts   exports `runner` (NodeRunner): the effect; absent for triggers
 *   shared/nodes/<kind>/node.test.ts    what is special about the kind; the contract suite runs for every folder by itself
 *
 * Folders are found by glob in the client and by readdir on the server: adding a kind touches one folder.
 */
import type { z } from 'zod';
import type { ErrorBody } from '../errors.ts';
import type { Answer, LoopPolicy, Resumption, Wait } from '../workflow/run.ts';

export const nodeGroups = ['trigger', 'ai', 'email', 'logic', 'data'] as const;
export type NodeGroup = (typeof nodeGroups)[number];

/** What a step does to the world outside. `irreversible` steps journal their intent first and carry an idempotency key. */
export type Effect = 'none' | 'read' | 'reversible' | 'irreversible';

/** Ports of different types do not connect. All kinds of today speak `data`; tools and memory of agents come later. */
export type PortType = 'data' | 'tool' | 'memory';
export interface Port {
  id: string;
  /** Empty for the only port of a side. */
  label: string;
  type: PortType;
  /** Leads into the container that has it, to the first steps of its body. */
  inner?: true;
}

/** The usual single ports. */
export const inPort: Port = { id: 'in', label: '', type: 'data' };
export const outPort: Port = { id: 'out', label: '', type: 'data' };
/** Every step that can fail has it when its `onError` is `port`. Its output is `{ error: ErrorBody, input }`. */
export const errorPort: Port = { id: 'error', label: 'error', type: 'data' };

/** How a form draws a field and how the engine binds it; rides in zod `.meta()` and reaches the client in the JSON Schema. */
export interface FieldMeta {
  title: string;
  description?: string;
  widget?:
    | 'text'
    | 'textarea'
    | 'number'
    | 'switch'
    | 'select'
    | 'segmented'
    | 'html'
    | 'json'
    | 'code'
    | 'list'
    | 'keyvalue'
    | 'rules'
    | 'cases'
    | 'fields'
    | 'schedule'
    | 'duration'
    | 'model'
    | 'datetime'
    /** One of the workspace's workflows, by its id. */
    | 'workflow';
  placeholder?: string;
  rows?: number;
  /** The field takes Liquid. `text` renders to a string, `html` escapes what it interpolates, `value` keeps the type of a lone `{{ x }}`. */
  expression?: 'text' | 'html' | 'value';
  /** The field is drawn only while the other field has one of these values. */
  showWhen?: { field: string; in: readonly unknown[] };
  /** Not drawn by itself: the widget of another field draws it, too. */
  hidden?: true;
  /** Drawn under "More". */
  advanced?: boolean;
  options?: readonly { value: string; label: string }[];
  /** Only workflows that have a step of this kind are offered. */
  workflowWith?: string;
}

/** What a mail is before it becomes MIME. Addresses are `local@domain` or `Name <local@domain>`. */
export interface MailContent {
  from?: string;
  replyTo?: string;
  to: readonly string[];
  cc: readonly string[];
  bcc: readonly string[];
  subject: string;
  html?: string;
  text: string;
  attachments?: readonly { filename: string; contentType: string; contentBase64: string }[];
}

export interface MailReceipt {
  messageId: string;
  accepted: readonly string[];
  rejected: readonly string[];
  /** The server's final line, such as `250 OK queued as …`. */
  response: string;
  /** It has not been sent yet: it will be when the run has succeeded. */
  held?: true;
}

export const providerIds = ['openai', 'claude', 'inhouse', 'builtin'] as const;
export type ProviderId = (typeof providerIds)[number];

export interface GenerateRequest {
  provider: ProviderId | 'auto';
  /** Empty: the provider's default. */
  model: string;
  system: string;
  prompt: string;
  maxTokens: number;
  temperature?: number;
  /** Present: the answer must be JSON of this JSON Schema and arrives parsed in `json`. */
  schema?: Record<string, unknown>;
}

export interface GenerateResult {
  text: string;
  json?: unknown;
  provider: ProviderId;
  model: string;
  usage: { inputTokens: number; outputTokens: number };
  costMicro: number;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** Parsed when the content type says JSON, else text. */
  body: unknown;
}

/** Everything a step can do to the world. The engine hands in instances that are bound to the step (key, signal, workspace). */
export interface Ports {
  /** `part` tells the mails of one step apart: each is sent once under its name. */
  mail: { send(mail: MailContent, part?: string): Promise<MailReceipt> };
  llm: { generate(request: GenerateRequest, onText?: (textSoFar: string) => void): Promise<GenerateResult> };
  http: { request(request: HttpRequest): Promise<HttpResponse> };
  approvals: ApprovalPort;
  workflows: CallPort;
}

/** What somebody is asked to approve. */
export interface ApprovalRequest {
  title: string;
  message: string;
  payload: unknown;
  /** The texts of the payload may be changed by whoever decides. */
  editable: boolean;
  /** Addresses of those who get the link; whoever has it may decide. */
  approvers: readonly string[];
  /** Milliseconds since the epoch; null: it stays open. */
  expiresAt: number | null;
}

export interface CallPort {
  /**
   * Starts a run of another workflow of the workspace, once per step, and durably. `waits`: the step is told when that run has ended.
   * @throws AppError not_found, or conflict when the workflow cannot be called; invalid_graph when it would call itself; too_large when calls go too deep.
   */
  call(request: {
    workflowId: string;
    input: unknown;
    waits: boolean;
  }): Promise<{ runId: string; workflowName: string }>;
}

export interface ApprovalPort {
  /** Opens the approval of this step, durably, or finds the one it has: the first call settles when it expires. `url` is the public page. */
  open(request: ApprovalRequest): Promise<{ id: string; url: string; expiresAt: number | null }>;
  /** Closes it because its time is over. The decision, if somebody was faster. */
  expire(id: string): Promise<Extract<Resumption['signal'], { kind: 'approval' }> | null>;
}

export interface RunContext {
  runId: string;
  nodeId: string;
  workspaceId: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** Output of the step directly before; of a step with several taken incoming edges the object `{ <nodeId>: output }`. */
  input: unknown;
  /** The outputs that arrived, in edge order. */
  inputs: readonly { node: string; port: string; output: unknown }[];
  /** Stable over attempts and restarts. Hand it to whatever can use it. */
  idempotencyKey: string;
  signal: AbortSignal;
  ports: Ports;
  now(): Date;
  log(message: string): void;
  /** Set when the step is resumed after the wait it declared: the wait, and what ended it. */
  resumed?: Resumption;
}

/**
 * How a step ends. `output`: go on along `port`. `wait`: the engine calls `run` again with `resumed` when the wait is over. `loop`: the steps in
 * this container run once for each item, then it goes out along `done` with a LoopOutput. `stop`: end the whole run now. Failures are thrown: AppError says by `retryable` whether another attempt can help.
 */
export type StepResult =
  | { type: 'output'; port: string; output: unknown; costMicro?: number; answer?: Answer }
  | { type: 'wait'; wait: Wait }
  | ({ type: 'loop'; items: readonly unknown[] } & LoopPolicy)
  | { type: 'stop'; status: 'done' | 'failed'; message: string };

export function output(value: unknown, port = 'out'): StepResult {
  return { type: 'output', port, output: value };
}

/** What a step would do, without doing it. Pure: same config and input, same preview. */
export interface StepPreview {
  /** One sentence in words for the person: "Sends “Welcome, Ada” to ada@example.com". */
  summary: string;
  /** The branch that would be taken; absent: `out`, or all where that cannot be known yet. */
  port?: string;
  /** What it would hand on. Absent: not knowable without doing it; the sample stands in and everything after it counts as an example. */
  output?: unknown;
  mail?: MailContent;
  prompt?: {
    system: string;
    prompt: string;
    provider: ProviderId | 'auto';
    model: string;
    maxTokens: number;
    schema?: Record<string, unknown>;
  };
  request?: { method: string; url: string; headers: Record<string, string>; body?: string };
  answer?: Answer;
  wait?: Wait;
  /** What a container would go through. */
  loop?: { items: readonly unknown[] } & LoopPolicy;
  /** Somebody or something outside decides how it goes on; `port` is one way it may go, and what comes after it is an example. */
  undecided?: true;
  /** Ends the run here. */
  stop?: 'done' | 'failed';
  /** The step would fail with this if it ran now: `preview` reports and does not throw. */
  error?: ErrorBody;
}

/** What a call to a model would use; `shared/engine/estimate.ts` prices it per provider. */
export interface UsageEstimate {
  inputTokens: number;
  outputTokens: { min: number; max: number };
  provider: ProviderId | 'auto';
  model: string;
}

export interface NodeTexts {
  title: string;
  /** One short line for the palette. */
  description: string;
  /** A few sentences for the docs page and for language models that choose among the kinds. */
  help: string;
}

export interface NodeDefinition<S extends z.ZodObject = z.ZodObject> {
  kind: string;
  version: number;
  group: NodeGroup;
  /** A lucide icon name from `client/nodes/icons.ts`, such as `mail`. Unknown names fall back to the group's icon. */
  icon: string;
  texts: NodeTexts;
  /** Defaults included: `config.parse({})` is what a freshly dropped node starts with. Required fields default to '' and are checked in `check`. */
  config: S;
  ports: { in: readonly Port[]; out: readonly Port[] | ((config: z.output<S>) => readonly Port[]) };
  effect: Effect;
  /**
   * An effect that can be taken back: with which settings, and which settings are there only for that. Expressions in those see `output`, what
   * the step put out. The runner has `compensate`.
   */
  undo?: { possible(config: z.output<S>): boolean; fields: readonly string[] };
  /** Other steps stand in it; its `inner` port leads to the first of them. Its run ends with `loop`. */
  container?: true;
  /** `any`: ready as soon as one incoming edge is taken; default `all`. */
  join?: (config: z.output<S>) => 'all' | 'any';
  /** For triggers: what starts it. */
  trigger?: 'manual' | 'webhook' | 'schedule' | 'form' | 'called' | 'workflow-failed';
  /** The step only makes sense in a run that one of these started (a Respond step needs someone who waits). */
  needsTrigger?: readonly NonNullable<NodeDefinition['trigger']>[];
  /** Second line on the canvas: what it does with its settings. Expressions appear as they are. */
  summary(config: z.output<S>): string;
  /** Missing or contradictory settings, beyond the schema: field path → message. */
  check?(config: z.output<S>): readonly { field: string; message: string; severity?: 'error' | 'warning' }[];
  /** An example of the output, for autocomplete and for previews where the real one is not known. */
  sample(config: z.output<S>, input: unknown): unknown;
  /** `config` is bound: expressions are already values. */
  preview(config: z.output<S>, context: { input: unknown; inputs: RunContext['inputs']; now: Date }): StepPreview;
  usage?(config: z.output<S>): UsageEstimate;
  /** Brings the config of an older version to this one. */
  upgrade?(config: Record<string, unknown>, fromVersion: number): Record<string, unknown>;
}

export interface NodeRunner<C = Record<string, unknown>> {
  run(config: C, context: RunContext): Promise<StepResult> | StepResult;
  /** Undoes a reversible effect; gets what `run` put out. */
  compensate?(config: C, output: unknown, context: RunContext): Promise<void>;
}

export type NodeCatalogue = ReadonlyMap<string, NodeDefinition>;

/** Fixes the config's type for the functions of one definition, then forgets it, so that catalogues hold them all. */
export function defineNode<S extends z.ZodObject>(definition: NodeDefinition<S>): NodeDefinition {
  return definition as unknown as NodeDefinition;
}

export function defineRunner<S extends z.ZodObject>(_config: S, runner: NodeRunner<z.output<S>>): NodeRunner {
  return runner as unknown as NodeRunner;
}

/** The outgoing ports of a configured node, the error port included where it is switched on. */
export function outPortsOf(
  definition: NodeDefinition,
  config: Record<string, unknown>,
  onError: string | undefined,
): readonly Port[] {
  const ports = typeof definition.ports.out === 'function' ? definition.ports.out(config) : definition.ports.out;
  return onError === 'port' && definition.group !== 'trigger' ? [...ports, errorPort] : ports;
}
