import { expect, test } from 'vitest';
import { plainSummary } from './plain-summary.ts';

test.each([
  ['To {{ trigger.fields.email }}: Hello', 'To email: Hello'],
  ['If {{ steps.ai_generate_1.data.category }} equals sales', 'If category equals sales'],
  ['To {{ trigger.body.first_name | default: "you" }}', 'To first name'],
  ['{% if a %}Yes{% endif %} and {{ items[0] }}', 'Yes and items'],
  ['{{ 5 }}', '…'],
  ['No expressions at all', 'No expressions at all'],
])('%s → %s', (summary, plain) => {
  expect(plainSummary(summary)).toBe(plain);
});
