/** What the forms check before they send; the server checks again. Each answers the problem in words, or null. */
export const minPassword = 10;

export function checkEmail(value: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? null : 'Enter an e-mail address, such as ada@example.com';
}

export function checkNewPassword(value: string): string | null {
  if (value.length < minPassword) return `Use at least ${minPassword} characters`;
  return value.length > 128 ? 'Use at most 128 characters' : null;
}

export function checkFilled(what: string): (value: string) => string | null {
  return (value) => (value.trim() ? null : `Enter ${what}`);
}
