import type { Language } from '../../shared/i18n/languages.ts';

/** A page that only says something. */
export function noticePage(language: Language, title: string, notice: string): string {
  return page(language, title, `<h1>${escapeHtml(title)}</h1>${paragraphs(notice)}`);
}

/** Text as HTML: empty lines part paragraphs. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${escapeHtml(part.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => escapes[char]!);
}

/** A public page: no scripts, works in any browser, follows the light or dark setting. `body` is HTML. */
export function page(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

const style = `
:root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--line:#d5dae3;--text:#1b2130;--dim:#5d6778;--main:#5b5bd6;--bad:#c92a2a}
@media (prefers-color-scheme:dark){:root{--bg:#101218;--card:#1a1d26;--line:#3a4152;--text:#eceef3;--dim:#a3acbe;--main:#6e6ee6;--bad:#ff8787}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 Inter,system-ui,sans-serif}
main{max-width:560px;margin:6vh auto;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:16px}
h1{margin:0 0 8px;font-size:24px;line-height:1.25}p{margin:0 0 16px;color:var(--dim);overflow-wrap:anywhere}
.field{margin:0 0 18px}label{display:block;margin-bottom:6px;font-weight:600;font-size:14px}.optional{font-weight:400;color:var(--dim)}
.check{display:flex;gap:10px;align-items:flex-start;font-weight:400}.check input{width:20px;height:20px;margin:2px 0}
input:not([type=checkbox]),textarea,select{width:100%;min-height:44px;padding:10px 12px;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:10px}
select option{color:#1b2130}textarea{resize:vertical}[aria-invalid]{border-color:var(--bad)!important}
:focus-visible{outline:2px solid var(--main);outline-offset:2px}.error,.problem{color:var(--bad);font-size:14px;margin:6px 0 0}.problem{margin:0 0 16px}
button{width:100%;min-height:48px;padding:12px;font:inherit;font-weight:600;color:#fff;background:#5b5bd6;border:0;border-radius:10px;cursor:pointer}button:hover{background:#4a4ac4}
.tick{width:48px;height:48px;margin-bottom:16px;border-radius:50%;display:grid;place-items:center;font-size:24px;color:#fff;background:#0b9b70}
.tick.no{background:#b8433f}.shown{margin:0 0 18px;padding:14px 16px;border:1px solid var(--line);border-radius:10px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:50vh;overflow:auto}
.two{display:grid;grid-template-columns:1fr 1fr;gap:12px}button.second{color:var(--text);background:transparent;border:1px solid var(--line)}button.second:hover{background:var(--bg)}
.foot{margin:18px 0 0;font-size:14px}
@media (max-width:600px){main{margin:0;min-height:100vh;border:0;border-radius:0;padding:24px 20px}}`;
