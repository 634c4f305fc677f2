import { t } from '../../i18n/t.ts';
import { toastProblem } from '../../ui/toast.ts';

/** Does something with a part of the program that is loaded by its first use, and says when it cannot be loaded. */
export function lazily<Part>(load: () => Promise<Part>, run: (part: Part) => void): void {
  load().then(run, () => toastProblem(t('This could not be loaded'), t('Check your connection and try again.')));
}
