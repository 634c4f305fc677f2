import { createStore } from 'zustand/vanilla';
import { reloadSaved } from '../api/unsaved.ts';

/** Whether a new version of the app is there and waits for this page. */
export const update = createStore<{ waiting: ServiceWorker | null }>()(() => ({ waiting: null }));

const checkEveryMs = 30 * 60_000;

/** Registers the service worker, which keeps the shell for when there is no network, and watches for new versions of it. */
export async function startWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const noticed = (worker: ServiceWorker | null) => {
    // Without a controller it is the first one: there is nothing to change over from.
    if (worker !== null && navigator.serviceWorker.controller !== null) update.setState({ waiting: worker });
  };
  noticed(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener(
      'statechange',
      () => installing.state === 'installed' && noticed(registration.waiting),
    );
  });
  setInterval(() => void registration.update().catch(() => undefined), checkEveryMs);
  const { active } = await navigator.serviceWorker.ready;
  const paths = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  active?.postMessage({ type: 'keep', paths: paths.filter((path) => path.startsWith('/assets/')) });
}

/** Changes over to the new version, after everything unsaved is on the server. @returns false when that did not work. */
export async function takeUpdate(): Promise<boolean> {
  // In this order: the new worker drops the files of the page that is still open.
  return reloadSaved(() => update.getState().waiting?.postMessage({ type: 'activate' }));
}
