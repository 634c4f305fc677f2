import type { Ai, Decisions } from '../testing-runs.ts';

/** One run of a shipped template, and the mails that it must send. */
export interface TemplateCase {
  name: string;
  /** Values of parameters without a default are made up where this has none. `WEB` stands for the address of the test's web server. */
  values?: Record<string, string>;
  /** What a person or another system sends; see `triggerOutput`. */
  sent: Record<string, unknown>;
  ai?: Ai;
  decides?: Decisions;
  /** `recipients: subject`, in the order in which they are sent, those between two waits sorted; a mail to several names them sorted. */
  mails: string[];
  /** Pieces of text that the mails must contain. */
  says?: string[];
  /** And must not. */
  neverSays?: string[];
  /** The moments until which the run waits, as ISO text. */
  waits?: string[];
  /** What a workflow that calls it gets. */
  result?: unknown;
  /** Status of the answer of a Respond step. */
  answer?: number;
}

/** By template id. Together the cases of a template reach each of its steps. */
export type TemplateCases = Readonly<Record<string, readonly TemplateCase[]>>;

export const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };

/** What Ada fills into a form. */
export const byAda = (more: Record<string, unknown>) => ({ ...ada, ...more });
