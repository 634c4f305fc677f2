import { t } from '../../i18n/t.ts';

/** Short enough for a chip; `prompt` is what goes into the box. */
export const examples: readonly { label: string; prompt: string }[] = [
  {
    label: t('Monday newsletter'),
    prompt: t(
      'Every Monday at 8 write a short newsletter about our product news with AI and mail it to team@example.com',
    ),
  },
  {
    label: t('Answer new leads'),
    prompt: t(
      'When someone fills in the contact form, let AI write a friendly answer to their message and e-mail it to them. If they mention a budget above 5000, also mail sales@example.com',
    ),
  },
  {
    label: t('Sort support requests'),
    prompt: t(
      'When a webhook brings a support request, classify it as bug, billing or question with AI. Mail bugs to dev@example.com, billing to finance@example.com, otherwise to support@example.com',
    ),
  },
];
