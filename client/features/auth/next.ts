/** Where to go after signing in: only to a path of this app, never to another site. */
export function safeNext(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  const inside = next.startsWith('/') && !/^\/[/\\]/.test(next) && !/[\u0000-\u001f\\]/.test(next);
  return inside ? next : '/';
}

/** The other auth page, with the same goal. */
export function withNext(path: string, search: URLSearchParams): string {
  const next = safeNext(search);
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
}
