import { createSpeaker } from '../../shared/i18n/speaker.ts';
import { language, translation } from './language.ts';

/** The words of this page's language; what each does stands at `Speaker`. */
export const { t, tc, plural, translate, listed } = createSpeaker(language, () => translation);
