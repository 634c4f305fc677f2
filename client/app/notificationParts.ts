/** A module of its own, so that the shell can load it after its first picture. */
export { Notifications } from '@mantine/notifications';
