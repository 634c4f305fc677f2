/** A RunContext over ports that live in memory, for tests of runners: what was asked of them is in `calls`. */
import { AppError } from '../errors.ts';
import type {
  GenerateRequest,
  GenerateResult,
  HttpRequest,
  HttpResponse,
  ApprovalPort,
  CallPort,
  MailContent,
  MailReceipt,
  RunContext,
} from './contract.ts';

export interface Answers {
  mail?: (mail: MailContent) => MailReceipt;
  llm?: (request: GenerateRequest) => GenerateResult;
  http?: (request: HttpRequest) => HttpResponse;
  approvals?: Partial<ApprovalPort>;
  workflows?: Partial<CallPort>;
}

export interface Calls {
  mails: MailContent[];
  /** The part of each mail, in the same order. */
  parts: (string | undefined)[];
  prompts: GenerateRequest[];
  requests: HttpRequest[];
  logs: string[];
}

const unexpected = (): Promise<never> =>
  Promise.reject(new AppError('internal', 'This port is not expected to be used.'));

/** Ports that have no answer refuse, so that no test calls one unnoticed. */
export function testContext(
  over: Partial<RunContext> = {},
  answers: Answers = {},
): { context: RunContext; calls: Calls } {
  const calls: Calls = { mails: [], parts: [], prompts: [], requests: [], logs: [] };
  const answer = async <Q, A>(list: Q[], question: Q, give: ((question: Q) => A) | undefined): Promise<A> => {
    list.push(question);
    if (give === undefined) throw new AppError('internal', 'This port is not expected to be used.');
    return give(question);
  };
  const context: RunContext = {
    runId: 'run',
    nodeId: 'node',
    workspaceId: 'workspace',
    attempt: 1,
    input: null,
    inputs: [],
    idempotencyKey: 'run:node',
    signal: new AbortController().signal,
    ports: {
      mail: {
        send: (mail, part) => {
          calls.parts.push(part);
          return answer(calls.mails, mail, answers.mail);
        },
      },
      llm: { generate: (request) => answer(calls.prompts, request, answers.llm) },
      http: { request: (request) => answer(calls.requests, request, answers.http) },
      approvals: { open: unexpected, expire: unexpected, ...answers.approvals },
      workflows: { call: unexpected, ...answers.workflows },
    },
    now: () => new Date('2026-11-22T10:00:00Z'),
    log: (message) => void calls.logs.push(message),
    ...over,
  };
  return { context, calls };
}
