import type { StepProgress } from '../../shared/workflow/run.ts';
import type { ProgressPiece } from '../bus/messages.ts';

/** Characters in one piece: few enough for the bus, however they are written in JSON. */
const pieceLength = 1_200;
const maxRuns = 10_000;

/** Takes texts that grow apart, so that only what was added travels. */
export function createProgressSender(): {
  pieces(progress: StepProgress): ProgressPiece[];
  forget(runId: string): void;
} {
  const sent = new Map<string, Map<string, string>>();
  return {
    pieces({ runId, node, text }) {
      const ofRun = sent.get(runId) ?? new Map<string, string>();
      const before = ofRun.get(node) ?? '';
      if (sent.size >= maxRuns) sent.clear();
      sent.set(runId, ofRun.set(node, text));
      let at = text.startsWith(before) ? before.length : 0;
      if (at === text.length && at > 0) return [];
      const pieces: ProgressPiece[] = [];
      do {
        pieces.push({ runId, node, at, text: text.slice(at, at + pieceLength) });
        at += pieceLength;
      } while (at < text.length);
      return pieces;
    },
    forget: (runId) => void sent.delete(runId),
  };
}

/** Puts texts together again. A piece without what stands before it is dropped: the whole comes when somebody new watches, or with the step. */
export function createProgressReceiver(): {
  whole(piece: ProgressPiece): StepProgress | null;
  forget(runId: string): void;
} {
  const texts = new Map<string, Map<string, string>>();
  return {
    whole({ runId, node, at, text }) {
      const ofRun = texts.get(runId) ?? new Map<string, string>();
      const before = ofRun.get(node) ?? '';
      if (at > before.length) return null;
      const whole = before.slice(0, at) + text;
      texts.set(runId, ofRun.set(node, whole));
      return { runId, node, text: whole };
    },
    forget: (runId) => void texts.delete(runId),
  };
}
