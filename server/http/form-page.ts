import type { Speaker } from '../../shared/i18n/speaker.ts';
import type { FormField } from '../../shared/nodes/form/submission.ts';
import { escapeHtml, page, paragraphs } from './page.ts';

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
export function formPage(speaker: Speaker, form: FormPage): string {
  const { t, plural, language } = speaker;
  const wrong = form.fields.filter((field) => form.errors[field.name] !== undefined);
  const summary =
    wrong.length === 0
      ? ''
      : `<p class="problem" role="alert">${plural(wrong.length, 'One answer needs another look.', '{n} answers need another look.')}</p>`;
  return page(
    language,
    form.title,
    `<h1>${escapeHtml(form.title)}</h1>${paragraphs(form.description)}${summary}
    <form method="post" novalidate>${form.fields.map((field) => fieldHtml(speaker, field, form)).join('')}
    <button>${escapeHtml(form.submitLabel || t('Send'))}</button></form>`,
  );
}

/** What is shown after a form was sent. */
export function thanksPage({ t, language }: Speaker, title: string, thanks: string): string {
  return page(
    language,
    title,
    `<div class="tick" aria-hidden="true">✓</div><h1>${escapeHtml(title)}</h1>${paragraphs(thanks || t('Thank you!'))}`,
  );
}

function fieldHtml(speaker: Speaker, field: FormField, form: FormPage): string {
  const { t, translate } = speaker;
  const id = `field-${escapeHtml(field.name)}`;
  const error = form.errors[field.name];
  const value = form.values[field.name];
  const described = error === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-error"`;
  const common = `id="${id}" name="${escapeHtml(field.name)}"${field.required ? ' required' : ''}${described}`;
  const label = escapeHtml(field.label || field.name);
  const note = error === undefined ? '' : `<p class="error" id="${id}-error">${escapeHtml(translate(error))}</p>`;
  if (field.type === 'checkbox') {
    return `<div class="field"><label class="check"><input type="checkbox" value="on" ${common}${value ? ' checked' : ''}> ${label}</label>${note}</div>`;
  }
  const optional = field.required ? '' : ` <span class="optional">${t('optional')}</span>`;
  return `<div class="field"><label for="${id}">${label}${optional}</label>${inputHtml(speaker, field, common, textOf(value))}${note}</div>`;
}

function inputHtml({ t }: Speaker, field: FormField, common: string, value: string): string {
  switch (field.type) {
    case 'textarea':
      return `<textarea rows="5" ${common}>${escapeHtml(value)}</textarea>`;
    case 'select': {
      const options = field.options.map(
        (option) => `<option${option === value ? ' selected' : ''}>${escapeHtml(option)}</option>`,
      );
      return `<select ${common}><option value="">${t('Please choose')}</option>${options.join('')}</select>`;
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
