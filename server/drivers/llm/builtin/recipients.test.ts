import { describe, expect, it } from 'vitest';
import type { Language } from './language.ts';
import { lexicons } from './lexicon/index.ts';
import { readMail } from './recipients.ts';
import type { Recipient } from './recipients.ts';
import { docOf } from './text.ts';

function show(recipients: readonly Recipient[]): string {
  return recipients.map((one) => (one.type === 'address' ? one.address : `${one.type}:${one.words}`)).join(',');
}

function read(language: Language, text: string): string {
  const mail = readMail(docOf(text), { start: 0, end: text.length }, lexicons[language]);
  const parts: [string, string | undefined][] = [
    ['to', show(mail.to)],
    ['cc', show(mail.cc)],
    ['bcc', show(mail.bcc)],
    ['subject', mail.subject],
    ['body', mail.body],
    ['replyTo', mail.replyTo],
  ];
  return parts.flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])).join(' ');
}

const rows: [Language, string, string][] = [
  ['en', 'send it to a@x.com and b@x.com', 'to=a@x.com,b@x.com'],
  ['en', 'send it to a@x.com, cc b@x.com, bcc c@x.com', 'to=a@x.com cc=b@x.com bcc=c@x.com'],
  ['en', 'send it to the customer with a copy to b@x.com', 'to=contact:the customer cc=b@x.com'],
  ['en', 'send it to me', 'to=me:me'],
  ['en', 'notify the sales team', 'to=team:the sales team'],
  ['en', 'email a@x.com with the subject "Hello"', 'to=a@x.com subject=Hello'],
  ['en', 'email a@x.com with the subject Weekly numbers', 'to=a@x.com subject=Weekly numbers'],
  ['en', 'send "See you soon" to the guest', 'to=contact:the guest body=See you soon'],
  ['en', 'send a mail about the customer to a@x.com', 'to=a@x.com'],
  ['en', 'send it to a@x.com, replies should go to b@x.com', 'to=a@x.com replyTo=b@x.com'],
  ['de', 'schicke es an a@x.de und b@x.de', 'to=a@x.de,b@x.de'],
  ['de', 'schicke es an a@x.de, in Kopie an b@x.de', 'to=a@x.de cc=b@x.de'],
  ['de', 'schicke dem Kunden eine Mail mit dem Betreff „Danke“', 'to=contact:dem Kunden subject=Danke'],
  ['de', 'schicke mir eine Mail', 'to=me:mir'],
  ['de', 'informiere den Vertrieb', 'to=team:den Vertrieb'],
  ['de', 'sende es an a@x.de, Blindkopie an c@x.de', 'to=a@x.de bcc=c@x.de'],
  ['fr', 'envoie-le à a@x.fr avec copie à b@x.fr', 'to=a@x.fr cc=b@x.fr'],
  ['fr', "envoie un e-mail au client avec l'objet « Merci »", 'to=contact:client subject=Merci'],
  ['fr', "préviens l'équipe commerciale", "to=team:l'équipe commerciale"],
  ['fr', 'envoie-le à a@x.fr en copie cachée à c@x.fr', 'to=a@x.fr bcc=c@x.fr'],
  ['es', 'envíalo a a@x.es con copia a b@x.es', 'to=a@x.es cc=b@x.es'],
  ['es', 'envía un correo al cliente con el asunto "Gracias"', 'to=contact:cliente subject=Gracias'],
  ['es', 'avisa al equipo de ventas', 'to=team:equipo de ventas'],
  ['es', 'envíale una oferta', 'to=contact:envíale'],
];

describe('recipients, subjects and texts', () => {
  it.each(rows)('%s: %s', (language, text, expected) => {
    expect(read(language, text)).toBe(expected);
  });
});
