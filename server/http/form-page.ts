import type { FormField } from '../../shared/nodes/form/submission.ts';

export interface FormPage {
  title: string;
  description: string;
  fields: readonly FormField[];
  submitLabel: string;
  /** What was sent before, to be shown again beside its errors. */
  values: Readonly<Record<string, unknown>>;
  /** One message per field name. */
  errors: Readonly<Record<string, string>>;
}

/** The public page of a form: no scripts, works in any browser, follows the light or dark setting. */
export function formPage(form: FormPage): string {
  const wrong = form.fields.filter((field) => form.errors[field.name] !== undefined);
  const summary =
    wrong.length === 0
      ? ''
      : `<p class="problem" role="alert">${wrong.length === 1 ? 'One answer needs' : `${wrong.length} answers need`} another look.</p>`;
  return page(
    form.title,
    `<h1>${escapeHtml(form.title)}</h1>${paragraphs(form.description)}${summary}
    <form method="post" novalidate>${form.fields.map((field) => fieldHtml(field, form)).join('')}
    <button>${escapeHtml(form.submitLabel || 'Send')}</button></form>`,
  );
}

/** What is shown after a form was sent. */
export function thanksPage(title: string, thanks: string): string {
  return page(
    title,
    `<div class="tick" aria-hidden="true">✓</div><h1>${escapeHtml(title)}</h1>${paragraphs(thanks || 'Thank you!')}`,
  );
}

/** What is shown when there is no form, or not now. */
export function noticePage(title: string, notice: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>${paragraphs(notice)}`);
}

function fieldHtml(field: FormField, form: FormPage): string {
  const id = `field-${escapeHtml(field.name)}`;
  const error = form.errors[field.name];
  const value = form.values[field.name];
  const described = error === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-error"`;
  const common = `id="${id}" name="${escapeHtml(field.name)}"${field.required ? ' required' : ''}${described}`;
  const label = escapeHtml(field.label || field.name);
  const note = error === undefined ? '' : `<p class="error" id="${id}-error">${escapeHtml(error)}</p>`;
  if (field.type === 'checkbox') {
    return `<div class="field"><label class="check"><input type="checkbox" value="on" ${common}${value ? ' checked' : ''}> ${label}</label>${note}</div>`;
  }
  const optional = field.required ? '' : ' <span class="optional">optional</span>';
  return `<div class="field"><label for="${id}">${label}${optional}</label>${inputHtml(field, common, textOf(value))}${note}</div>`;
}

function inputHtml(field: FormField, common: string, value: string): string {
  switch (field.type) {
    case 'textarea':
      return `<textarea rows="5" ${common}>${escapeHtml(value)}</textarea>`;
    case 'select': {
      const options = field.options.map(
        (option) => `<option${option === value ? ' selected' : ''}>${escapeHtml(option)}</option>`,
      );
      return `<select ${common}><option value="">Please choose</option>${options.join('')}</select>`;
    }
    case 'number':
      return `<input inputmode="decimal" ${common} value="${escapeHtml(value)}">`;
    case 'email':
      return `<input type="email" autocomplete="email" ${common} value="${escapeHtml(value)}">`;
    case 'text':
    case 'checkbox':
      return `<input ${common} value="${escapeHtml(value)}">`;
  }
}

function textOf(value: unknown): string {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' || typeof last === 'number' ? String(last) : '';
}

function paragraphs(text: string): string {
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

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => escapes[char]!);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
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
@media (max-width:600px){main{margin:0;min-height:100vh;border:0;border-radius:0;padding:24px 20px}}`;
