import type { ListedTemplate } from '../../../shared/api/templates.ts';
import { t, translate } from '../../i18n/t.ts';

export type TemplateItem = ListedTemplate;
export type Category = TemplateItem['category'];

export const categoryWords: Record<Category, string> = {
  campaigns: t('Campaigns'),
  content: t('Content'),
  support: t('Support and office'),
  leads: t('Leads and sales'),
  own: t('Your own'),
};

/** A shipped template with its texts in the reader's language; what somebody made stays as they wrote it. */
export function inWords(template: TemplateItem): TemplateItem {
  if (template.category === 'own') return template;
  return {
    ...template,
    name: translate(template.name),
    description: translate(template.description),
    parameters: template.parameters.map((parameter) => ({
      ...parameter,
      label: translate(parameter.label),
      ...(parameter.help === undefined ? {} : { help: translate(parameter.help) }),
      ...(parameter.options === undefined
        ? {}
        : { options: parameter.options.map((option) => ({ ...option, label: translate(option.label) })) }),
    })),
  };
}

/** Templates of the category in whose name, description or keywords every word of the search stands. */
export function filterTemplates(
  all: readonly TemplateItem[],
  search: string,
  category: Category | 'all',
): TemplateItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((template) => {
    if (category !== 'all' && template.category !== category) return false;
    const text = [template.name, template.description, ...template.keywords].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
