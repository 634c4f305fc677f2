/** Finds facts in a text by the name and description of the field: e-mail, phone, date, amount, name, company, URL, numbers, labelled values. */
import { fold } from '../../../../../shared/schedule/words/text.ts';

export type FieldSort =
  | 'email'
  | 'phone'
  | 'date'
  | 'amount'
  | 'url'
  | 'name'
  | 'company'
  | 'postcode'
  | 'number'
  | 'time'
  | 'reference'
  | 'text';

const sorts: readonly [FieldSort, RegExp][] = [
  ['email', /\be_?-?mail|\bmail\b|correo|courriel/],
  ['phone', /phone|tele(?:f|ph)on|\btel\b|mobile?|handy|portable|movil|fax/],
  ['url', /url|website|webseite|homepage|site web|sitio|link\b/],
  ['company', /company|firma|unternehmen|entreprise|societe|empresa|organi[sz]ation/],
  [
    'reference',
    /(?:order|invoice|customer|ticket|contract)[ _-]?(?:n(?:umber|o|r)|id)|nummer\b|numero|bestellnr|rechnungsnr|kundennr|reference|referencia|aktenzeichen/,
  ],
  [
    'amount',
    /amount|price|total|budget|betrag|preis|summe|montant|prix|importe|precio|presupuesto|cost|kosten|value\b|wert\b/,
  ],
  ['date', /date\b|datum|termin|deadline|fecha|\bday\b|\btag\b|frist|echeance|vencimiento/],
  ['time', /\btime\b|uhrzeit|heure|\bhora\b/],
  ['postcode', /zip|postcode|postal|plz|postleitzahl|code postal|codigo postal/],
  ['name', /name|nom\b|nombre|contact person|ansprechpartner|sender|absender/],
  [
    'number',
    /number of|count|anzahl|nombre de|cantidad|quantity|menge|guests|gaste|people|personen|employees|mitarbeiter|age\b|alter\b|rating|stars|sterne|participants|teilnehmer|score\b/,
  ],
];

/** What a field asks for, by its name and description. */
export function sortOf(name: string, description: string): FieldSort {
  const own = fold(name).replaceAll('_', ' ');
  const match =
    sorts.find(([, pattern]) => pattern.test(own)) ?? sorts.find(([, pattern]) => pattern.test(fold(description)));
  return match?.[0] ?? 'text';
}

/** The value of a field in the text, exactly as it stands there; undefined when the text does not say it. */
export function extract(text: string, field: { name: string; description: string }): string | undefined {
  const source = text.slice(0, 100_000);
  const sort = sortOf(field.name, field.description);
  const labelled = byLabel(source, field);
  if (labelled !== undefined && fits(labelled, sort)) return cleanFor(labelled, sort);
  return bySort(source, sort);
}

/** "Order number: A-17", `"order_number": "A-17"`. */
function byLabel(text: string, field: { name: string; description: string }): string | undefined {
  const labels = [field.name, field.name.replaceAll('_', ' '), field.description.split(/[,.(]/)[0] ?? '']
    .map((label) => fold(label).trim())
    .filter((label) => label.length > 1);
  const folded = fold(text);
  for (const label of new Set(labels)) {
    const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[ _]/g, '[ _-]?');
    const match = new RegExp(
      `(?<![\\w])"?${escaped}"?\\s{0,3}(?::|=)\\s{0,3}("(?:[^"\\\\]|\\\\.){0,500}"|(?:[^\\n,;{}]|,(?=\\d)){1,200})`,
    ).exec(folded);
    if (!match?.[1]) continue;
    const start = match.index + match[0].length - match[1].length;
    const value = text
      .slice(start, start + match[1].length)
      .trim()
      .replace(/^"|"$|[.]$/g, '')
      .trim();
    if (value !== '' && value !== 'null') return value;
  }
  return undefined;
}

const patterns: Readonly<Record<Exclude<FieldSort, 'text'>, readonly RegExp[]>> = {
  email: [/(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/i],
  phone: [
    /(?<![\w/.-])(?:\+|00)\d{1,3}[\d ()/.-]{5,20}\d/,
    /(?<![\w/.-])\(?0\d{1,5}\)?[ /.-]?\d[\d /-]{3,14}\d/,
    /(?<![\w/.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)/,
    /(?<![\w/.-])[6-9]\d{2} ?\d{3} ?\d{3}(?!\d)/,
  ],
  url: [/https?:\/\/[^\s<>"']{3,500}[^\s<>"'.,;:!?)]/i, /\bwww\.[\w.-]{3,100}\.[a-z]{2,10}(?:\/[^\s<>"']{0,200})?/i],
  amount: [
    /(?:[€$£]|\b(?:EUR|USD|CHF|GBP)) ?\d{1,3}(?:[.,' ]?\d{3}){0,4}(?:[.,]\d{1,2})?(?!\d)/i,
    /(?<![\d.,])\d{1,3}(?:[.,' ]?\d{3}){0,4}(?:[.,]\d{1,2})? ?(?:[€$£]|(?:EUR|USD|CHF|GBP|euros?|dollars?|pounds?|francs?)\b)/i,
  ],
  date: [
    /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/,
    /(?<!\d)\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)/,
    /(?<!\d)\d{1,2}(?:st|nd|rd|th|\.|er)? (?:of |de )?(?:jan|feb|fev|mar|mär|apr|avr|abr|ma[iy]|jun|juin|jul|juil|aug|ao[uû]t|ago|sep|o[ck]t|nov|dec|dez|dic|ene|déc|fév)[\p{L}]{0,8}\.?(?:,? (?:de )?\d{4})?/iu,
    /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?/i,
  ],
  time: [/(?<!\d)(?:[01]?\d|2[0-3])[:h.][0-5]\d(?: ?(?:am|pm|uhr))?/i, /(?<!\d)(?:[01]?\d|2[0-3]) ?(?:am|pm|uhr|h)\b/i],
  postcode: [/(?<!\d)\d{5}(?!\d)/, /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/],
  reference: [
    /(?<=(?:no\.?|nr\.?|number|nummer|num[eé]ro|id|ref\.?|#)[ :#]{0,3})[A-Z]{0,5}[-/]?\d[\w/-]{1,20}/i,
    /\b[A-Z]{1,5}-\d[\w-]{1,15}\b/,
  ],
  number: [/(?<![\w.,-])\d{1,9}(?:[.,]\d{1,4})?(?![\w.,-]\d)/],
  company: [
    /\b(?:\p{Lu}[\p{L}\d&.-]{0,30} ){1,4}(?:GmbH(?: & Co\. KG)?|AG|KG|OHG|UG|SE|Ltd\.?|LLC|Inc\.?|Corp\.?|PLC|SARL|SAS|S\.?A\.?|S\.?L\.?|B\.?V\.?)(?![\p{L}])/u,
    /(?<=\b(?:at|from|bei|von der|chez|de la empresa|for|company|firma|entreprise|empresa) )\p{Lu}[\p{L}\d&-]{1,30}(?: \p{Lu}[\p{L}\d&-]{1,30}){0,2}/u,
  ],
  name: [
    /(?<=\b(?i:my name is|i am|i'm|this is|ich bin|ich hei(?:ß|ss)e|mein name ist|je suis|je m'appelle|mon nom est|me llamo|soy|mi nombre es) )\p{Lu}[\p{L}'-]{1,30}(?: (?:von |van |de |del |la )?\p{Lu}[\p{L}'-]{1,30}){0,2}/u,
    /(?<=(?i:regards|best|sincerely|grü(?:ße|ssen|ßen)|gruß|cordialement|saludos|atentamente|thanks|danke|merci|gracias),?\s{1,4})\p{Lu}[\p{L}'-]{1,30}(?: \p{Lu}[\p{L}'-]{1,30}){0,2}/u,
    /(?<=\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Monsieur|Madame|Señor|Señora|Sr|Sra|M|Mme)\.? )\p{Lu}[\p{L}'-]{1,30}(?: \p{Lu}[\p{L}'-]{1,30})?/u,
  ],
};

function bySort(text: string, sort: FieldSort): string | undefined {
  if (sort === 'text') return undefined;
  for (const pattern of patterns[sort]) {
    const match = pattern.exec(text);
    if (match) return match[0].trim();
  }
  return undefined;
}

function fits(value: string, sort: FieldSort): boolean {
  switch (sort) {
    case 'email':
    case 'phone':
    case 'date':
    case 'url':
      return bySort(value, sort) !== undefined;
    case 'number':
    case 'amount':
      return /\d/.test(value);
    case 'name':
    case 'company':
    case 'postcode':
    case 'time':
    case 'reference':
    case 'text':
      return true;
  }
}

function cleanFor(value: string, sort: FieldSort): string {
  return sort === 'email' || sort === 'url' || sort === 'phone' ? (bySort(value, sort) ?? value) : value;
}

/** The number in a text such as `€ 1.234,50` or `12 people`; undefined without one. */
export function numberIn(text: string): number | undefined {
  const match = /-?\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|-?\d+(?:[.,]\d+)?/.exec(text);
  if (!match) return undefined;
  const grouped = /^-?\d{1,3}(?:[.,' ]\d{3})+/.exec(match[0])?.[0] ?? '';
  const rest = match[0].slice(grouped.length).replace(',', '.');
  return Number(grouped.replace(/[.,' ]/g, '') + rest);
}
