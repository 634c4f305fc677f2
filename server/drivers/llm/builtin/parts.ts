import type { Condition } from './conditions.ts';
import type { Delay } from './delays.ts';
import type { Unavailable } from './lexicon/types.ts';
import type { MailWords, Recipient } from './recipients.ts';

/** What one clause asks for. `words` are the person's own; `sentence` counts from 0. */
export interface PartBase {
  words: string;
  folded: string;
  sentence: number;
  /** The clause says that branches come together again. */
  rejoin: boolean;
  parallel: boolean;
  /** The clause says it goes on after the last one (`then`). */
  afterwards: boolean;
}

export type AiJob = 'write' | 'reply' | 'summarise' | 'classify' | 'extract' | 'translate' | 'score';

export type ActionBody =
  | { type: 'ai'; job: AiJob }
  | { type: 'mail'; mail: MailWords; intent: MailIntent; content: boolean }
  | { type: 'http'; method: string; url: string }
  | { type: 'delay'; delay: Pick<Delay, 'amount' | 'unit'> }
  | { type: 'until'; when: string }
  | { type: 'set'; fields: { name: string; value: string }[] }
  | { type: 'approval'; approver: Recipient | undefined }
  | { type: 'merge' }
  | { type: 'respond'; status: number; body: string | undefined }
  | { type: 'stop'; failed: boolean; message: string };

export type Action = PartBase & ActionBody;

export type Part =
  | Action
  | (PartBase & {
      type: 'if';
      condition: Condition;
      elseIf: boolean;
      /** Holds for all that follows. */ guard?: boolean;
    })
  | (PartBase & { type: 'else' });

export type MailIntent =
  | 'reply'
  | 'reminder'
  | 'thanks'
  | 'welcome'
  | 'confirmation'
  | 'invitation'
  | 'alert'
  | 'apology'
  | 'offer'
  | 'feedback'
  | 'plain';

/** What could not become a step. */
export type Leftover = {
  text: string;
  ability?: Unavailable;
  brand?: string;
  /** A second trigger. */ trigger?: boolean;
};
