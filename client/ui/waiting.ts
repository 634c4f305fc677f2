import type { Wait } from '../../shared/workflow/run.ts';
import { t } from '../i18n/t.ts';

/** What a step waits for, to stand after “waits”; `clock` says how an instant is written. */
export function waitingInWords(wait: Wait, clock: (at: number) => string): string {
  switch (wait.kind) {
    case 'until':
      return t('until {time}', { time: clock(wait.at) });
    case 'approval':
      return wait.at === null
        ? t('for an approval')
        : t('for an approval, until {time} at most', { time: clock(wait.at) });
    case 'run':
      return t('for the run it started');
    case 'turn':
      return t('for its turn');
  }
}
