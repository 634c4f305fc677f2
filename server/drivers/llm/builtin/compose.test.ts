import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../nodes/registry.ts';
import { validate } from '../../../../shared/engine/validate.ts';
import { AppError } from '../../../../shared/errors.ts';
import { compositionGraph, compositionSchema } from '../../../../shared/workflow/composition.ts';
import type { Composition } from '../../../../shared/workflow/composition.ts';
import { limits } from '../../../../shared/workflow/graph.ts';
import { compose, composeStream } from './compose.ts';

const now = new Date('2026-11-22T12:00:00Z');
const { catalogue } = await loadCatalogue();

function read(prompt: string, language?: string): Composition {
  return compose({ prompt, now, timezone: 'Europe/Berlin', ...(language === undefined ? {} : { language }) });
}

/** The graph in a form that people can compare: `a -port-> b`. */
function outline({ nodes, edges }: Composition): string[] {
  const first = nodes[0] ? [`${nodes[0].id} “${nodes[0].title}”`] : [];
  return [
    ...first,
    ...edges.map((edge) => {
      const target = nodes.find((node) => node.id === edge.target);
      const port = edge.sourcePort === 'out' ? '' : `${edge.sourcePort} `;
      return `${edge.source} ${port}→ ${edge.target} “${target?.title}”`;
    }),
  ];
}

describe('loops', () => {
  it.each([
    [
      'When the shop calls our webhook, for each order in the list, send the buyer a thank-you mail and tell sales@example.com.',
      'trigger.body.orders',
    ],
    ['For every row of the list send an e-mail to the customer that thanks for the purchase.', 'trigger.rows'],
    ['Für jede Bestellung in der Liste schicke dem Kunden eine Dankesmail.', 'trigger.bestellungen'],
    ['Pour chaque commande de la liste, envoie un e-mail de remerciement au client.', 'trigger.commandes'],
    ['Para cada pedido de la lista envía un correo de agradecimiento al cliente.', 'trigger.pedidos'],
  ])('%s', (prompt, items) => {
    const made = read(prompt);
    const loop = made.nodes.find(({ kind }) => kind === 'for-each');
    expect(loop?.config).toEqual({ items: `{{ ${items} }}` });
    const inside = made.nodes.filter(({ parent }) => parent === loop?.id);
    expect(inside.map(({ kind }) => kind)).toContain('email-send');
    expect(JSON.stringify(inside.map(({ config }) => config))).toContain('item.email');
    expect(JSON.stringify(inside.map(({ config }) => config))).not.toContain('trigger.');
    expect(validate(compositionGraph(made), catalogue).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('takes what comes one by one for an event and not for a list', () => {
    expect(read('For every new order send the customer a mail.').nodes.map(({ kind }) => kind)).not.toContain(
      'for-each',
    );
  });
});

describe('whole requests', () => {
  it('reads a schedule, a text and a mail', () => {
    const made = read('Every Monday at 8 write a newsletter about gardening and send it to anna@example.com');
    expect(outline(made)).toEqual([
      'schedule_1 “Every Monday at 8”',
      'schedule_1 → ai_generate_1 “Write a newsletter about gardening”',
      'ai_generate_1 → email_send_1 “Send e-mail to anna@example.com”',
    ]);
    expect(made.nodes[0]?.config).toMatchObject({ cron: '0 8 * * 1', timezone: 'Europe/Berlin', everyWeeks: 1 });
    expect(made.nodes[2]?.config).toMatchObject({
      subject: 'Newsletter about gardening',
      text: '{{ steps.ai_generate_1.text }}',
    });
    expect(made.unsupported).toEqual([]);
  });

  it('hangs branches, and brings them together for what is said of both', () => {
    const made = read(
      'When someone submits the form, classify the message as urgent or normal. If it is urgent, notify a@x.com, otherwise thank the customer. In both cases, wait 2 days and send a reminder.',
    );
    expect(outline(made)).toEqual([
      'form_1 “When someone submits the form”',
      'form_1 → ai_generate_1 “Classify the message as urgent or normal”',
      'ai_generate_1 → condition_1 “It is urgent?”',
      'condition_1 true → email_send_1 “Send e-mail to a@x.com”',
      'condition_1 false → email_send_2 “Send e-mail to customer”',
      'email_send_1 → delay_1 “Wait 2 days”',
      'email_send_2 → delay_1 “Wait 2 days”',
      'delay_1 → email_send_3 “Send reminder to customer”',
    ]);
  });

  it('gives the AI step the fields that later conditions need', () => {
    const made = read(
      'Wenn eine Bestellung eingeht, ordne sie ein. Wenn sie eilig ist, informiere a@x.de. Wenn sie normal ist, informiere b@x.de.',
    );
    const fields = made.nodes.find((node) => node.kind === 'ai-generate')?.config.fields;
    expect(fields).toEqual([
      expect.objectContaining({ name: 'category', type: 'choice', choices: ['eilig', 'normal', 'Sonstiges'] }),
    ]);
    expect(made.nodes.find((node) => node.kind === 'switch')?.config.cases).toHaveLength(2);
  });

  it('adds an AI step where a condition cannot be decided by comparison', () => {
    const made = read('When someone fills in the contact form, if the message is a complaint, notify a@x.com.');
    expect(made.nodes.map((node) => node.kind)).toEqual(['form', 'ai-generate', 'condition', 'email-send']);
    expect(made.assumptions.some((sentence) => sentence.includes('complaint'))).toBe(true);
  });

  it('takes form fields with their types from the text', () => {
    const made = read('A form with name, email, budget and priority (low, high). Send it to a@x.com.');
    expect(made.nodes[0]?.config.fields).toEqual([
      expect.objectContaining({ name: 'name', type: 'text' }),
      expect.objectContaining({ name: 'email', type: 'email' }),
      expect.objectContaining({ name: 'budget', type: 'number' }),
      expect.objectContaining({ name: 'urgency', type: 'select', options: ['low', 'high'] }),
    ]);
  });

  it('speaks the language of the request', () => {
    const made = read('Chaque lundi à 8h, envoie un rappel à equipe@exemple.fr et imprime-le.');
    expect(made.language).toBe('fr');
    expect(made.nodes[1]?.title).toBe('Relance : equipe@exemple.fr');
    expect(made.unsupported[0]?.reason).toContain('impression');
    expect(made.summary).toContain('Démarre');
  });
});

describe('feeds', () => {
  it.each([
    [
      'en',
      'Every Monday at 9, send a weekly digest from RSS to a@x.com',
      'schedule http-request ai-generate email-send',
      '',
    ],
    [
      'en',
      'Weekly digest from our RSS feed https://x.com/feed.xml by mail to a@x.com',
      'schedule http-request email-send',
      'https://x.com/feed.xml',
    ],
    [
      'en',
      'Every Friday read the RSS feed at https://x.com/rss, summarise it and mail it to a@x.com',
      'schedule http-request ai-generate email-send',
      'https://x.com/rss',
    ],
    [
      'de',
      'Fasse jeden Montag die Neuigkeiten aus dem RSS-Feed https://x.de/feed zusammen und schicke sie an a@x.de',
      'schedule http-request ai-generate email-send',
      'https://x.de/feed',
    ],
    [
      'de',
      'Jeden Montag um 8: lies den RSS-Feed, fasse ihn zusammen und maile das Ergebnis an a@x.de',
      'schedule http-request ai-generate email-send',
      '',
    ],
    [
      'fr',
      'Chaque lundi à 9h, envoie un résumé du flux RSS https://x.fr/rss à a@x.fr',
      'schedule http-request ai-generate email-send',
      'https://x.fr/rss',
    ],
    [
      'es',
      'Cada lunes envía un resumen del feed RSS https://x.es/rss a a@x.es',
      'schedule http-request ai-generate email-send',
      'https://x.es/rss',
    ],
  ])('%s: %s', (language, prompt, kinds, url) => {
    const made = read(prompt, language);
    expect(made.nodes.map(({ kind }) => kind).join(' ')).toBe(kinds);
    expect(made.nodes[1]?.config).toMatchObject({ method: 'GET', answer: 'feed', url });
    expect(made.unsupported).toEqual([]);
    expect(JSON.stringify(made.nodes.slice(2))).toContain(`steps.${made.nodes[1]?.id}.body.items`);
  });

  it('a feed starts nothing, and how it is read is said', () => {
    const made = read('When a new item appears in our RSS feed, mail a@x.com', 'en');
    expect(made.nodes.some(({ kind }) => kind === 'http-request')).toBe(false);
    expect(made.unsupported[0]).toMatchObject({ reason: 'A feed cannot start a workflow.' });
    expect(made.unsupported[0]?.suggestion).toContain('Every Monday');
  });
});

describe('kinds of actions', () => {
  it.each([
    ['en', 'Call https://x.com/a and send the result to a@x.com', 'http-request email-send'],
    ['en', 'When the webhook is called, answer with status 202', 'respond'],
    ['en', 'When the webhook is called, set priority to high', 'set'],
    ['en', 'When an order comes in, wait 3 days and thank the customer', 'delay email-send'],
    ['en', 'When an order comes in, extract the name and the amount', 'ai-generate'],
    ['en', 'Translate the text into French and mail it to a@x.com', 'ai-generate email-send'],
    [
      'en',
      'When a lead comes in, if the budget is below 100, stop, otherwise email a@x.com',
      'condition stop email-send',
    ],
    ['en', 'Notify a@x.com and at the same time notify b@x.com', 'email-send email-send'],
    ['de', 'Rufe https://x.de/a ab und schicke das Ergebnis an a@x.de', 'http-request email-send'],
    ['de', 'Übersetze den Text ins Englische und sende ihn an a@x.de', 'ai-generate email-send'],
    ['de', 'Wenn eine Bestellung eingeht, warte 3 Tage und bedanke dich beim Kunden', 'delay email-send'],
    ['fr', 'Résume le texte et envoie-le à a@x.fr', 'ai-generate email-send'],
    ['fr', 'Quand une commande arrive, attends 3 jours et remercie le client', 'delay email-send'],
    ['es', 'Traduce el texto al inglés y envíalo a a@x.es', 'ai-generate email-send'],
    ['es', 'Cuando llegue un pedido, espera 3 días y agradece al cliente', 'delay email-send'],
  ])('%s: %s', (language, prompt, kinds) => {
    const made = read(prompt, language);
    expect(
      made.nodes
        .slice(1)
        .map((node) => node.kind)
        .join(' '),
    ).toBe(kinds);
    expect(made.unsupported).toEqual([]);
  });

  it('starts parallel steps at the same place', () => {
    const { edges } = read('Notify a@x.com and at the same time notify b@x.com');
    expect(edges.map((edge) => edge.source)).toEqual(['manual_1', 'manual_1']);
  });
});

describe('what is not possible', () => {
  it.each([
    ['send it on LINE', 'LINE'],
    ['send it by WhatsApp', 'WhatsApp'],
    ['text me', 'text me'],
    ['post it in our Slack channel', 'Slack'],
    ['add it to our Google Sheet', 'Google Sheet'],
    ['create a lead in Salesforce', 'Salesforce'],
    ['print it', 'print it'],
    ['attach a PDF', 'PDF'],
    ['read my inbox', 'inbox'],
    ['frobnicate the gadget', 'frobnicate'],
  ])('names “%s”', (words, named) => {
    const made = read(`Every day at 9, write a summary of the sales. Then ${words}.`, 'en');
    expect(made.unsupported.map(({ text }) => text).join(' ')).toContain(named);
  });

  it('knows a text for a network from posting on it', () => {
    expect(read('Write a LinkedIn post about our sale and send it to a@x.com').unsupported).toEqual([]);
  });

  it('stands a webhook in for incoming mail, and says so', () => {
    const made = read('When an email arrives, draft an answer and send it to the customer.');
    expect(made.nodes[0]?.kind).toBe('webhook');
    expect(made.unsupported[0]?.text).toContain('email arrives');
    expect(made.assumptions.join(' ')).toContain('webhook');
  });

  it('flags addresses that only the person knows', () => {
    const made = read('Every day at 9 send a summary of the sales to my boss');
    expect(made.nodes.find((node) => node.kind === 'email-send')?.config.to).toBe('');
    expect(made.assumptions.join(' ')).toContain('boss');
  });
});

it('reads the request the product was designed for', () => {
  const made = read(
    'When a lead writes to sales@acme.example, classify it, draft an answer with Claude, ask me, then send it; if nobody replies in three days, follow up',
  );
  expect(made.nodes.map((node) => node.kind)).toEqual([
    'webhook',
    'ai-generate',
    'ai-generate',
    'approval',
    'email-send',
    'delay',
    'email-send',
  ]);
  expect(made.nodes[2]?.config.provider).toBe('claude');
  expect(made.nodes[4]?.config).toMatchObject({ subject: 'Your message', text: '{{ steps.approval_1.payload }}' });
  expect(made.unsupported.map(({ text }) => text)).toEqual([
    'When a lead writes to sales@acme.example',
    'if nobody replies in three days',
  ]);
});

describe('approvals', () => {
  const shape = (prompt: string): string => {
    const { nodes, edges } = read(prompt);
    return edges
      .map(({ source, sourcePort, target }) => `${source}${sourcePort === 'out' ? '' : `.${sourcePort}`}>${target}`)
      .filter((edge) => nodes.some(({ kind, id }) => kind === 'approval' && edge.includes(id)))
      .join(' ');
  };
  const draft = 'ai_generate_1>approval_1';

  it.each([
    [
      'When a form is submitted, write a reply, ask boss@example.com for approval and send it to the customer.',
      `${draft} approval_1.approved>email_send_1`,
    ],
    ['Answer incoming emails with AI and ask me before sending.', `${draft} approval_1.approved>email_send_1`],
    [
      'When an order comes in, draft an answer and send it to the customer after my approval.',
      `${draft} approval_1.approved>email_send_1`,
    ],
    [
      'Every Monday at 9 write a newsletter and send it to list@example.com once my boss approves it.',
      `${draft} approval_1.approved>email_send_1`,
    ],
    [
      'When an order comes in, write an offer. Once I approve it, send it to the customer. Otherwise tell sales@example.com.',
      `${draft} approval_1.approved>email_send_1 approval_1.rejected>email_send_2`,
    ],
    [
      'When a lead comes in, write an answer. Wait for my approval, then mail it to the lead. If I reject it, notify team@example.com.',
      `${draft} approval_1.approved>email_send_1 approval_1.rejected>email_send_2`,
    ],
    [
      'When an order comes in, draft an answer and let me check it first. If it is rejected, tell team@example.com why.',
      `${draft} approval_1.rejected>email_send_1`,
    ],
    [
      'Wenn eine Bestellung eingeht, schreibe eine Antwort. Wenn ich sie freigebe, sende sie an den Kunden, sonst informiere support@example.com.',
      `${draft} approval_1.approved>email_send_1 approval_1.rejected>email_send_2`,
    ],
    [
      'Quand une commande arrive, rédige une réponse, demande-moi mon accord puis envoie-la au client.',
      `${draft} approval_1.approved>email_send_1`,
    ],
    [
      'Cuando llegue un pedido, escribe una respuesta, espera mi aprobación y envíala al cliente.',
      `${draft} approval_1.approved>email_send_1`,
    ],
  ])('%s', (prompt, edges) => expect(shape(prompt)).toBe(edges));

  it('shows the text that was written, takes corrections, and asks who is named', () => {
    const [, , approval] = read(
      'When a form is submitted, write a reply, ask boss@example.com for approval and send it to the customer.',
    ).nodes;
    expect(approval?.config).toMatchObject({
      approvers: 'boss@example.com',
      payload: '{{ steps.ai_generate_1.text }}',
      editable: true,
    });
  });

  it('is decided in the product where the person asks for it, and says whose address it does not know', () => {
    const me = read('Every day at 9 write a report, ask me for approval and send it to list@example.com.');
    expect(me.nodes.find(({ kind }) => kind === 'approval')?.config.approvers).toBe('');
    expect(me.assumptions.join(' ')).not.toContain('address');
    const boss = read('Every day at 9 write a report, ask my boss for approval and send it to list@example.com.');
    expect(boss.assumptions.join(' ')).toContain('boss');
  });
});

describe('limits and bad input', () => {
  const codeOf = (prompt: string): string => {
    try {
      read(prompt);
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
    return 'none';
  };

  it('refuses nothing and too much', () => {
    expect(codeOf('')).toBe('bad_request');
    expect(codeOf(' \n… ')).toBe('bad_request');
    expect(codeOf('a'.repeat(100_000))).toBe('too_large');
  });

  it('makes a manual start of words that mean nothing, and says so', () => {
    const made = read('lorem ipsum dolor');
    expect(made.nodes.map((node) => node.kind)).toEqual(['manual']);
    expect(made.unsupported.map(({ text }) => text)).toEqual(['lorem ipsum dolor']);
  });

  it.each(['a ', 'if ', 'wenn ', '"', '((', 'every 1 ', 'a@', '{{', 'wait 1 day, ', "l'", 'fasse die ', '🙂', '\n1. '])(
    'stays quick for %j repeated',
    (piece) => {
      const prompt = piece.repeat(Math.floor(limits.promptChars / piece.length));
      for (const language of ['en', 'de', 'fr', 'es']) {
        const start = performance.now();
        try {
          read(prompt, language);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
        expect(performance.now() - start).toBeLessThan(20_000);
      }
    },
    90_000,
  );

  it('fits the schema and the validator', () => {
    const made = read('Every 15 minutes GET https://x.com/a. If the status is not 200, alert a@x.com.');
    expect(compositionSchema.parse(made)).toEqual(made);
    const graph = compositionGraph(made, (kind) => catalogue.get(kind)?.version ?? 1);
    expect(validate(graph, catalogue).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

it('streams steps before the edges between them, then the whole', async () => {
  const types: string[] = [];
  const request = { prompt: 'Write a text about roses and send it to a@x.com', now, timezone: 'UTC' };
  for await (const event of composeStream(request)) types.push(event.type);
  expect(types).toEqual(['node', 'node', 'edge', 'node', 'edge', 'done']);
});
