import { notifications } from '@mantine/notifications';

/** A short word that something worked. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 3_000 });
}

/** Something did not work: what, and why in words. */
export function toastProblem(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: 8_000 });
}
