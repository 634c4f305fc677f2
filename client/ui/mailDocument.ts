const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:";

/**
 * The page that goes into a frame with `sandbox=""`. Our head comes before anything of the mail, so that its policy is the first one; a mail
 * can only add stricter ones. Nothing is loaded from the net: a picture would tell its sender that the mail
 * was looked at. Links would open a window, which the sandbox forbids: `mailLinks` lists them instead. A mail is drawn on white, as mail programs do.
 */
export function mailDocument(html: string): string {
  return [
    '<!doctype html><html><head>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<base target="_blank"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
    '<style>:root{color-scheme:light}body{margin:16px;background:#fff;color:#1b2130;font:15px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%}</style>',
    '</head><body>',
    html,
    '</body></html>',
  ].join('');
}

export interface MailLink {
  text: string;
  url: string;
}

/** The web links of a mail, each address once, in their order. Nothing but http and https. */
export function mailLinks(html: string): MailLink[] {
  const found = new Map<string, MailLink>();
  for (const anchor of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('a[href]')) {
    const url = URL.parse(anchor.getAttribute('href') ?? '');
    if (!url || !/^https?:$/.test(url.protocol) || found.has(url.href)) continue;
    found.set(url.href, { text: anchor.textContent?.trim().replace(/\s+/g, ' ') || url.host, url: url.href });
  }
  return [...found.values()];
}

/** Whether a mail has pictures that stay away because they stand on the net. */
export function hasRemotePictures(html: string): boolean {
  return /<img\b[^>]*\bsrc\s*=\s*["']?https?:/i.test(html);
}
