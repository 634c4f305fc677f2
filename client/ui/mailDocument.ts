const policy = "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; font-src https: data:";

/**
 * The page that goes into a frame with `sandbox=""`. Our head comes before anything of the mail, so that its policy is the first one; a mail
 * can only add stricter ones. A mail is drawn on white, as mail programs do.
 */
export function mailDocument(html: string): string {
  return [
    '<!doctype html><html><head>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
    '<style>:root{color-scheme:light}body{margin:16px;background:#fff;color:#1b2130;font:15px/1.6 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%}</style>',
    '</head><body>',
    html,
    '</body></html>',
  ].join('');
}
