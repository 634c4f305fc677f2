import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { builtinModel } from './model.ts';

function ask(prompt: string, schema?: Record<string, unknown>): ReturnType<typeof builtinModel.generate> {
  const request = { provider: 'builtin' as const, model: '', system: '', prompt, maxTokens: 800 };
  return builtinModel.generate(schema ? { ...request, schema } : request);
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? error.code : 'other';
  }
  return 'none';
}

const object = (properties: Record<string, unknown>): Record<string, unknown> => ({ type: 'object', properties });

describe('classifies', () => {
  const kinds = { category: { type: 'string', enum: ['question', 'complaint', 'praise', 'other'] } };
  it.each([
    ['My order never arrived, I want my money back!', 'complaint'],
    ['How much does the large table cost?', 'question'],
    ['Thank you, the service was wonderful', 'praise'],
    ['Die Lampe kam kaputt an, ich bin sehr enttäuscht', 'complaint'],
    ['Merci, tout était parfait', 'praise'],
    ['El paquete llegó roto, quiero presentar una queja', 'complaint'],
    ['abc', 'other'],
  ])('%s → %s', (text, expected) => {
    expect(ask(`Task: Classify\n\nData:\nmessage: ${text}`, object(kinds)).json).toEqual({ category: expected });
  });

  it('knows feelings, and what is mixed', () => {
    const schema = object({ sentiment: { type: 'string', enum: ['positive', 'neutral', 'negative'] } });
    expect(ask('Classify\n\nnot good, very slow', schema).json).toEqual({ sentiment: 'negative' });
    expect(ask('Classify\n\ngreat room, but terrible food', schema).json).toEqual({ sentiment: 'neutral' });
  });

  it('says when nothing speaks for any class', () => {
    const schema = object({ colour: { type: 'string', enum: ['red', 'blue'] } });
    expect(codeOf(() => ask('Classify\n\nthe sky at noon', schema))).toBe('needs_model');
  });
});

describe('extracts', () => {
  const text =
    'Hello, my name is Ada Lovelace, I write for Analytical GmbH. Call me at +49 30 1234567 or ada@example.com. Our budget is €12,500, please answer until 3 March 2027. See https://example.com/a.';
  it.each([
    ['email', 'ada@example.com'],
    ['phone', '+49 30 1234567'],
    ['company', 'Analytical GmbH'],
    ['website', 'https://example.com/a'],
    ['date', '3 March 2027'],
    ['name', 'Ada Lovelace'],
    ['shoe_size', ''],
  ])('%s', (name, expected) => {
    expect(ask(`Task: Extract\n\nData:\n${text}`, object({ [name]: { type: 'string' } })).json).toEqual({
      [name]: expected,
    });
  });

  it('numbers, and labelled values', () => {
    expect(ask(`Extract\n\n${text}`, object({ budget: { type: 'number' } })).json).toEqual({ budget: 12_500 });
    expect(
      ask(
        'Extract\n\nOrder number: A-17\nTotal: 1.234,50 €',
        object({ order_number: { type: 'string' }, total: { type: 'number' } }),
      ).json,
    ).toEqual({
      order_number: 'A-17',
      total: 1234.5,
    });
  });
});

describe('scores only with reason', () => {
  const score = (name: string): Record<string, unknown> =>
    object({ [name]: { type: 'number', description: 'The score, 0-100' } });
  it('feelings and urgency by their signs', () => {
    expect(ask('Rate\n\nThis is wonderful, thank you', score('sentiment')).json).toEqual({ sentiment: 100 });
    const urgent = ask('Rate\n\nURGENT: the shop is down, please help immediately', score('urgency')).json;
    const calm = ask('Rate\n\nno rush, whenever you have time', score('urgency')).json;
    expect((urgent as { urgency: number }).urgency).toBeGreaterThan((calm as { urgency: number }).urgency + 50);
  });
  it('not a lead', () => {
    expect(codeOf(() => ask('Score the lead\n\nAda, 12 employees', score('score')))).toBe('needs_model');
  });
});

describe('summarises', () => {
  const text =
    'The company sold 500 units in May. Sales rose by ten percent. The weather was nice. Sales in May were driven by the new product line. The canteen served soup. The new product line will be extended in June.';
  it('with the sentences of the text, in their order', () => {
    const { text: summary } = ask(`Summarise in 2 sentences:\n\n${text}`);
    const chosen = summary.split(/(?<=\.) /);
    expect(chosen).toHaveLength(2);
    expect(chosen.every((sentence) => text.includes(sentence))).toBe(true);
    expect(summary).toContain('Sales in May were driven by the new product line.');
    expect(summary).not.toContain('soup');
  });
  it('nothing of nothing', () => {
    expect(codeOf(() => ask('Summarise the text'))).toBe('bad_request');
  });
});

describe('drafts', () => {
  it.each([
    [
      'Task: Write a thank-you mail to the customer\n\nData:\nname: Ada',
      ['Hello Ada,', 'thank you very much', 'Kind regards'],
    ],
    [
      'Aufgabe: Schreibe eine Einladung zum Sommerfest\n\nDaten:\nName: Grace',
      ['Guten Tag Grace,', 'laden Sie herzlich ein', 'Mit freundlichen Grüßen'],
    ],
    ['Tâche : Rédige un e-mail de remerciement\n\nDonnées :\nnom: Marie', ['Bonjour Marie,', 'merci', 'Cordialement']],
    [
      'Tarea: Redacta un recordatorio para el cliente\n\nDatos:\nnombre: Luis',
      ['Hola, Luis:', 'recordamos', 'Un saludo'],
    ],
  ])('%s', (prompt, parts) => {
    const { text } = ask(prompt);
    for (const part of parts) expect(text).toContain(part);
  });

  it.each(['Write a poem about the sea', 'Translate this into German: good morning to you all', 'Develop a strategy'])(
    'but not: %s',
    (prompt) => {
      expect(codeOf(() => ask(prompt))).toBe('needs_model');
    },
  );

  it('costs nothing and says what it is', () => {
    expect(ask('Write a welcome mail')).toMatchObject({
      provider: 'builtin',
      model: 'mailweave-builtin',
      costMicro: 0,
    });
  });
});
