import { describe, expect, it } from 'vitest';
import { readCondition } from './conditions.ts';
import type { Language } from './language.ts';
import { lexicons } from './lexicon/index.ts';
import { docOf } from './text.ts';

function read(language: Language, text: string): string {
  const doc = docOf(text);
  const { combinator, tests } = readCondition(doc, { start: 0, end: text.length }, lexicons[language], false);
  return tests.map((test) => `${test.subject}|${test.operator}|${test.value}`).join(` ${combinator} `);
}

const rows: [Language, string, string][] = [
  ['en', 'the score is above 70', 'score|greater|70'],
  ['en', 'the order value is at least €1,500', 'order value|greater_equal|1500'],
  ['en', 'a score of 80 or more', 'score|greater_equal|80'],
  ['en', 'the budget is under 5k', 'budget|less|5000'],
  ['en', 'it is urgent', '|equals|urgent'],
  ['en', 'the message contains "refund"', 'message|contains|refund'],
  ['en', 'the message contains "refund" or "cancel"', 'message|contains|refund or message|contains|cancel'],
  ['en', 'they mention a budget above 5000', 'budget|greater|5000'],
  ['en', 'they mention the warranty', '|contains|warranty'],
  ['en', 'the phone number is empty', 'phone number|is_empty|'],
  ['en', 'the phone number is not given', 'phone number|is_empty|'],
  ['en', 'the email ends with "@example.com"', 'email|ends_with|@example.com'],
  ['en', 'the status is not 200', 'status|not_equals|200'],
  ['en', 'the country is Germany and the budget is over 1000', 'country|equals|Germany and budget|greater|1000'],
  ['de', 'der Betrag größer als 500 Euro ist', 'betrag|greater|500'],
  ['de', 'der Score über 70 liegt', 'score|greater|70'],
  ['de', 'die Anfrage dringend ist', 'anfrage|equals|dringend'],
  ['de', 'die Nachricht „Kündigung“ enthält', 'nachricht|contains|Kündigung'],
  ['de', 'die Telefonnummer fehlt', 'telefonnummer|is_empty|'],
  ['de', 'der Preis mindestens 1.500,50 Euro beträgt', 'preis|greater_equal|1500.5'],
  ['de', 'sie als Beschwerde eingestuft wird', '|equals|Beschwerde'],
  ['fr', 'le score est supérieur à 70', 'score|greater|70'],
  ['fr', 'le montant dépasse 1000 euros', 'montant|greater|1000'],
  ['fr', 'elle est urgente', '|equals|urgente'],
  ['fr', 'le message contient « remboursement »', 'message|contains|remboursement'],
  ['fr', "le téléphone n'est pas renseigné", 'telephone|is_empty|'],
  ['fr', "le budget est d'au moins 500", 'budget|greater_equal|500'],
  ['es', 'el importe es mayor que 500', 'importe|greater|500'],
  ['es', 'la puntuación supera 60', 'puntuacion|greater|60'],
  ['es', 'es una queja', '|equals|queja'],
  ['es', 'el mensaje contiene "baja"', 'mensaje|contains|baja'],
  ['es', 'el teléfono está vacío', 'telefono|is_empty|'],
  ['es', 'el presupuesto es menor o igual que 300', 'presupuesto|less_equal|300'],
];

describe('conditions', () => {
  it.each(rows)('%s: %s', (language, text, expected) => {
    expect(read(language, text)).toBe(expected);
  });
});
