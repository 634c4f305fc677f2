/**
 * The service worker: keeps the shell of the app, and nothing of anybody. ops/service-worker.ts puts the list of files in.
 *
 * - A page comes from the network; without one, the kept shell opens and says so itself.
 * - Files under /assets/ are named by their content: one that is kept is never asked for again.
 * - Whatever belongs to the server (/api and the other paths below) passes by untouched: no answer with data is ever kept.
 */
const version = '__VERSION__';
const files = __FILES__;

const cacheName = `mailweave-${version}`;
const server = /^\/(?:rpc|api|socket\.io|hooks|forms|chat|approve|unsubscribe|mcp|healthz|readyz|metrics)(?:\/|$)/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) =>
        cache.addAll(files.map((path) => new Request(path, { credentials: 'omit', cache: 'no-cache' }))),
      ),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data?.type === 'activate') void self.skipWaiting();
  // What the page loaded before there was a worker, such as the file of its language.
  if (event.data?.type === 'keep') event.waitUntil(keep(event.data.paths));
});

async function keep(paths) {
  const cache = await caches.open(cacheName);
  const own = paths.filter((path) => typeof path === 'string' && /^\/assets\/[\w.-]+$/.test(path));
  await Promise.allSettled(own.map(async (path) => ((await cache.match(path)) ? null : cache.add(path))));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || server.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (files.includes(url.pathname)) event.respondWith(freshest(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await caches.match('/', { cacheName });
    if (shell) return shell;
    throw error;
  }
}

async function asset(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200 && response.type === 'basic') await cache.put(request.url, response.clone());
  return response;
}

async function freshest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(new URL(request.url).pathname, { cacheName });
    if (kept) return kept;
    throw error;
  }
}
