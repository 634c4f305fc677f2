import { t } from '../../i18n/t.ts';

/** What the forms check before they send; the server checks again. Each answers the problem in words, or null. */
export const minPassword = 10;

export function checkEmail(value: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : t('Enter an e-mail address, such as ada@example.com');
}

export function checkNewPassword(value: string): string | null {
  if (value.length < minPassword) return t('Use at least {minPassword} characters', { minPassword });
  return value.length > 128 ? t('Use at most 128 characters') : null;
}

export function checkFilled(problem: string): (value: string) => string | null {
  return (value) => (value.trim() ? null : problem);
}
