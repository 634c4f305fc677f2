import '../ui/tokens.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { Providers } from './Providers.tsx';
import { routes } from './routes.tsx';
import { startWorker } from './worker.ts';

/**
 * Draws the app. Not done by loading this file: it shares a file of the build with the language, which runs before the words are there. For the same
 * reason no module that it imports may keep a text in a constant.
 */
export function start(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with the id "root"');
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <RouterProvider router={createBrowserRouter(routes)} />
      </Providers>
    </StrictMode>,
  );
  // After the first picture: it fetches the rest of the app for when there is no network. Sources under development are never kept.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const keep = () => void startWorker().catch(() => undefined);
  if (document.readyState === 'complete') keep();
  else window.addEventListener('load', keep);
}
