/** Short enough for a chip; `prompt` is what goes into the box. */
export const examples: readonly { label: string; prompt: string }[] = [
  {
    label: 'Monday newsletter',
    prompt: 'Every Monday at 8 write a short newsletter about our product news with AI and mail it to team@example.com',
  },
  {
    label: 'Answer new leads',
    prompt:
      'When someone fills in the contact form, let AI write a friendly answer to their message and e-mail it to them. If they mention a budget above 5000, also mail sales@example.com',
  },
  {
    label: 'Sort support requests',
    prompt:
      'When a webhook brings a support request, classify it as bug, billing or question with AI. Mail bugs to dev@example.com, billing to finance@example.com, otherwise to support@example.com',
  },
];
