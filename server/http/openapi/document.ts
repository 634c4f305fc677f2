import { OpenAPIGenerator } from '@orpc/openapi';
import type { OpenAPI } from '@orpc/contract';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../../shared/api/contract.ts';
import { composeEventSchema } from '../../../shared/api/compose.ts';
import { previewSchema, runEventSchema, runSchema } from '../../../shared/api/runs.ts';
import { templateSchema } from '../../../shared/api/templates.ts';
import { triggerInfoSchema, workflowSchema, workflowSummarySchema } from '../../../shared/api/workflows.ts';
import { apiKeySchema, memberSchema, meSchema } from '../../../shared/api/workspace.ts';
import { errorCodes } from '../../../shared/errors.ts';
import { workflowEdgeSchema, workflowGraphSchema, workflowNodeSchema } from '../../../shared/workflow/graph.ts';
import { problemSchema } from '../../../shared/workflow/problem.ts';
import { runSummarySchema } from '../../../shared/workflow/run.ts';
import { access } from '../access.ts';

const INTRODUCTION = `Everything the interface does, this API does.

**Signing in.** Send an API key as \`Authorization: Bearer mw_…\` (Settings → API keys). A key belongs to one workspace and may do what an editor may. Browsers use the session cookie of \`/api/auth/sign-in/email\` instead.

**Errors.** Every failure answers \`{"error": {"code", "message", "details?", "requestId"}}\`. For wrong input \`details.fields\` names each field. Quote the \`requestId\` when you ask for help.

**Pages.** Lists answer \`{"items", "nextCursor"}\`; hand \`nextCursor\` back as \`cursor\`. Null means the end.

**Money** is in micro-credits: 1 credit = 1,000,000. **Times** are ISO 8601 in UTC.`;

const tagTexts: Record<string, string> = {
  Workspace: 'Who is signed in, the workspace, its members and invitations.',
  'API keys': 'Keys for programs. Only owners see and make them.',
  Credits: 'What AI steps cost, and what is left.',
  Nodes: 'The building blocks of workflows with the JSON Schema of their settings.',
  Workflows: 'A workflow is a graph with a draft, which you save, and published versions, which run.',
  AI: 'Turning a request in words into a workflow.',
  Previews: 'What a workflow would do, without doing it.',
  Runs: 'Starting, watching and steering runs.',
  Dashboard: 'How the workspace has been doing.',
  Templates: 'Ready-made workflows, and your own.',
  Connections: 'The services outside that workflows use: models and the mail server.',
  Approvals: 'What waits for somebody to say yes or no.',
  Inbox: 'What the built-in mail server received.',
};

/** Named in the document, so that each is described once. */
const common = {
  Workflow: { schema: workflowSchema, strategy: 'output' },
  WorkflowSummary: { schema: workflowSummarySchema, strategy: 'output' },
  WorkflowGraph: { schema: workflowGraphSchema, strategy: 'output' },
  Node: { schema: workflowNodeSchema },
  Edge: { schema: workflowEdgeSchema },
  Problem: { schema: problemSchema },
  TriggerInfo: { schema: triggerInfoSchema },
  RunSummary: { schema: runSummarySchema },
  Run: { schema: runSchema, strategy: 'output' },
  RunEvent: { schema: runEventSchema },
  Preview: { schema: previewSchema, strategy: 'output' },
  Template: { schema: templateSchema, strategy: 'output' },
  ComposeEvent: { schema: composeEventSchema },
  Me: { schema: meSchema },
  Member: { schema: memberSchema },
  ApiKey: { schema: apiKeySchema },
} as const;

/** The OpenAPI 3.1 document of the contract: roles, error shape and ways to sign in included. */
export async function openApiDocument(publicUrl: string, version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: { title: 'Mailweave API', version, description: INTRODUCTION },
    servers: [{ url: `${publicUrl}/api/v1` }],
    tags: Object.entries(tagTexts).map(([name, description]) => ({ name, description })),
    security: [{ apiKey: [] }, { session: [] }],
    commonSchemas: common,
  });
  for (const operation of operationsOf(document)) describe(operation);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Error: errorSchema },
    responses: { Error: { description: 'What went wrong', content: { 'application/json': { schema: errorRef } } } },
    securitySchemes: {
      apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'mw_…', description: 'An API key of the workspace' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: publicUrl.startsWith('https:') ? '__Host-mailweave.session_token' : 'mailweave.session_token',
        description: 'Set by /api/auth/sign-in/email',
      },
    },
  };
  return withoutNoise(document);
}

const errorRef = { $ref: '#/components/schemas/Error' };

const errorSchema: OpenAPI.SchemaObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: [...errorCodes] },
        message: { type: 'string', description: 'In words for people' },
        details: { type: 'object', additionalProperties: true, description: 'fields, problems, revision …, by code' },
        requestId: { type: 'string' },
      },
    },
  },
};

/** Every operation of a document. */
export function operationsOf(document: OpenAPI.Document): OpenAPI.OperationObject[] {
  return Object.values(document.paths ?? {}).flatMap((item) =>
    [item?.get, item?.post, item?.put, item?.patch, item?.delete].filter((operation) => operation !== undefined),
  );
}

function describe(operation: OpenAPI.OperationObject): void {
  const role = roleOf(operation.operationId ?? '');
  Object.assign(operation, { 'x-role': role, description: `Takes the role ${role} or a higher one.` });
  operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Error' } };
}

function roleOf(operationId: string): string {
  const [resource = '', route = ''] = operationId.split('.');
  const rows: Record<string, Record<string, string>> = access;
  return rows[resource]?.[route] ?? 'owner';
}

/** zod writes the range of safe integers and `propertyNames` everywhere; readers need neither. */
function withoutNoise<T>(document: T): T {
  const text = JSON.stringify(document, (key, value: unknown) =>
    (key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
      ? undefined
      : key === 'propertyNames'
        ? undefined
        : value,
  );
  return JSON.parse(text) as T;
}
