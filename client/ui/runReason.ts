import type { RunSummary } from '../../shared/workflow/run.ts';

/** Why a run was made from an earlier one, in words; null for an ordinary run. */
export function reasonInWords(reason: RunSummary['reason']): string | null {
  switch (reason) {
    case null:
      return null;
    case 'rerun':
      return 'Rerun';
    case 'retry':
      return 'Tried again';
    case 'replay':
      return 'Replay';
    case 'test':
      return 'Test of a part';
  }
}
