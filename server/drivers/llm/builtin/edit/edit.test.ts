import { describe, expect, it } from 'vitest';
import { isRunnable, validate } from '../../../../../shared/engine/validate.ts';
import { edgeBetween } from '../../../../../shared/workflow/graph.ts';
import type { WorkflowGraph, WorkflowNode } from '../../../../../shared/workflow/graph.ts';
import { diffGraphs } from '../../../../../shared/workflow/patch.ts';
import { loadCatalogue } from '../../../../nodes/registry.ts';
import { editGraph, partsOf } from './edit.ts';

const { catalogue } = await loadCatalogue();

function node(id: string, kind: string, title: string, config: Record<string, unknown> = {}): WorkflowNode {
  const parsed = catalogue.get(kind)!.config.parse(config);
  return { id, kind, version: catalogue.get(kind)!.version, title, config: parsed, position: { x: 0, y: 0 } };
}

/** A webhook, a fetch, a welcome mail, two days, a condition, a mail to sales or a reminder. */
const leads: WorkflowGraph = {
  nodes: [
    node('webhook_1', 'webhook', 'A lead arrives', { method: 'POST' }),
    node('fetch', 'http-request', 'Fetch customer', { url: 'https://api.example.com/customers' }),
    node('welcome', 'email-send', 'Welcome mail', {
      to: '{{ trigger.body.email }}',
      subject: 'Welcome',
      text: 'Hello {{ steps.fetch.body.name }}',
    }),
    node('delay_1', 'delay', 'Wait 2 days', { amount: 2, unit: 'days' }),
    node('hot', 'condition', 'Score above 50?', {
      rules: { combinator: 'and', rules: [{ left: '{{ trigger.body.score }}', operator: 'greater', right: 50 }] },
    }),
    node('sales', 'email-send', 'Tell sales', { to: 'sales@example.com', subject: 'Hot lead', text: 'Call them' }),
    node('remind', 'email-send', 'Reminder', {
      to: '{{ trigger.body.email }}',
      subject: 'A reminder',
      text: 'Still there?',
    }),
  ],
  edges: [
    edgeBetween('webhook_1', 'fetch'),
    edgeBetween('fetch', 'welcome'),
    edgeBetween('welcome', 'delay_1'),
    edgeBetween('delay_1', 'hot'),
    edgeBetween('hot', 'sales', 'true'),
    edgeBetween('hot', 'remind', 'false'),
  ],
  direction: 'down',
};

/** The same with German titles. */
const german: WorkflowGraph = {
  ...leads,
  nodes: leads.nodes.map((one) => ({
    ...one,
    title:
      {
        webhook_1: 'Ein Interessent meldet sich',
        fetch: 'Kundendaten abrufen',
        welcome: 'Willkommensmail',
        delay_1: '2 Tage warten',
        hot: 'Punkte über 50?',
        sales: 'Vertrieb informieren',
        remind: 'Erinnerung',
      }[one.id] ?? one.title,
  })),
};

const weekly: WorkflowGraph = {
  nodes: [
    node('schedule_1', 'schedule', 'Every Monday', { cron: '0 9 * * 1' }),
    node('ai_generate_1', 'ai-generate', 'Write newsletter', { prompt: 'Write a newsletter' }),
    node('email_send_1', 'email-send', 'Send newsletter', {
      to: 'list@example.com',
      subject: 'News',
      text: '{{ steps.ai_generate_1.text }}',
    }),
  ],
  edges: [edgeBetween('schedule_1', 'ai_generate_1'), edgeBetween('ai_generate_1', 'email_send_1')],
  direction: 'down',
};

const edit = (request: string, graph = leads, me: string | undefined = 'ada@example.com') =>
  editGraph({ graph, request, catalogue, now: new Date('2026-11-23T10:00:00Z'), timezone: 'Europe/Berlin', me });

/** What a request did, in short lines: `+ id kind`, `- id`, `~ id field=value`, `> edge`, `< edge`. */
function lines(graph: WorkflowGraph, after: WorkflowGraph): string[] {
  const patch = diffGraphs(graph, after);
  const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return [
    ...patch.nodes.added.map(({ id }) => `+ ${id}`),
    ...patch.nodes.removed.map(({ id }) => `- ${id}`),
    ...patch.nodes.changed.flatMap(({ id, after: now, fields }) =>
      fields.map((field) => {
        const name = field.replace('config.', '');
        const value = field.startsWith('config.') ? now.config[name] : now[field as keyof WorkflowNode];
        return `~ ${id} ${name}=${show(value)}`;
      }),
    ),
    ...patch.edges.added.map(({ source, sourcePort, target }) => `> ${source}:${sourcePort} ${target}`),
    ...patch.edges.removed.map(({ source, sourcePort, target }) => `< ${source}:${sourcePort} ${target}`),
  ].toSorted();
}

const isGerman = (request: string) => /(?<!\w)(?:der|die|eine|Der|Warte|mach|Schwelle)(?!\w)/.test(request);

const insertedBefore = (id: string, port: string, at: [string, string, string]) => [
  `+ ${id}`,
  `< ${at[0]}:${at[1]} ${at[2]}`,
  `> ${at[0]}:${at[1]} ${id}`,
  `> ${id}:${port} ${at[2]}`,
];

describe.each<[string, string[], WorkflowGraph?]>([
  // Steps that are added.
  ['Add a delay of 3 hours after the fetch', insertedBefore('delay_2', 'out', ['fetch', 'out', 'welcome'])],
  ['Wait 2 days before the reminder', insertedBefore('delay_2', 'out', ['hot', 'false', 'remind'])],
  ['Warte 2 Tage vor der Erinnerung', insertedBefore('delay_2', 'out', ['hot', 'false', 'remind'])],
  [
    'Füge nach der Willkommensmail eine Wartezeit von 3 Stunden ein',
    insertedBefore('delay_2', 'out', ['welcome', 'out', 'delay_1']),
  ],
  ['Insert an approval before the welcome mail', insertedBefore('approval_1', 'approved', ['fetch', 'out', 'welcome'])],
  [
    'Baue vor "Vertrieb informieren" eine Freigabe ein',
    insertedBefore('approval_1', 'approved', ['hot', 'true', 'sales']),
  ],
  [
    'Ask me for approval before sending',
    insertedBefore('approval_1', 'approved', ['ai_generate_1', 'out', 'email_send_1']),
    weekly,
  ],
  [
    'Vor dem Versand soll ich freigeben',
    insertedBefore('approval_1', 'approved', ['ai_generate_1', 'out', 'email_send_1']),
    weekly,
  ],
  [
    'Get approval before the newsletter is sent',
    insertedBefore('approval_1', 'approved', ['ai_generate_1', 'out', 'email_send_1']),
    weekly,
  ],
  [
    'At the end, send a mail to boss@example.com with the subject "Done"',
    ['+ email_send_2', '> email_send_1:out email_send_2'],
    weekly,
  ],
  ['Schicke am Ende eine Mail an chef@example.com', ['+ email_send_2', '> email_send_1:out email_send_2'], weekly],
  [
    'Add an AI step that summarises the text between the fetch and the welcome mail',
    insertedBefore('ai_generate_1', 'out', ['fetch', 'out', 'welcome']),
  ],
  [
    'Add a thank-you mail to the customer 3 days after the welcome mail',
    [
      '+ delay_2',
      '+ email_send_1',
      '< welcome:out delay_1',
      '> delay_2:out email_send_1',
      '> email_send_1:out delay_1',
      '> welcome:out delay_2',
    ],
  ],
  ['Call https://example.com/log after step 3', insertedBefore('http_request_1', 'out', ['welcome', 'out', 'delay_1'])],
  [
    'Send the reminder only if the country is France',
    ['+ condition_1', '< hot:false remind', '> condition_1:true remind', '> hot:false condition_1'],
  ],
  [
    'Only send the welcome mail if the score is greater than 10',
    ['+ condition_1', '< fetch:out welcome', '> condition_1:true welcome', '> fetch:out condition_1'],
  ],
  // Taken out, renamed, moved, switched off.
  ['Remove the delay', ['- delay_1', '< delay_1:out hot', '< welcome:out delay_1', '> welcome:out hot']],
  ['Entferne bitte die Wartezeit', ['- delay_1', '< delay_1:out hot', '< welcome:out delay_1', '> welcome:out hot']],
  [
    'Delete the reminder and the delay',
    ['- delay_1', '- remind', '< delay_1:out hot', '< hot:false remind', '< welcome:out delay_1', '> welcome:out hot'],
  ],
  ['Lösche die letzte Mail', ['- remind', '< hot:false remind']],
  ['Remove the second mail', ['- sales', '< hot:true sales']],
  ['Rename the welcome mail to "Greeting"', ['~ welcome title=Greeting']],
  ['Benenne die Erinnerung in "Nachfassen" um', ['~ remind title=Nachfassen']],
  ['Call the fetch step “Look up”', ['~ fetch title=Look up']],
  [
    'Move the delay before the welcome mail',
    [
      '< delay_1:out hot',
      '< fetch:out welcome',
      '< welcome:out delay_1',
      '> delay_1:out welcome',
      '> fetch:out delay_1',
      '> welcome:out hot',
    ],
  ],
  ['Disable the fetch', ['~ fetch disabled=true']],
  ['Schalte die Erinnerung aus', ['~ remind disabled=true']],
  // Settings.
  ['Change the subject of the welcome mail to "Good to have you"', ['~ welcome subject=Good to have you']],
  ['Ändere den Betreff der Erinnerung in „Noch da?“', ['~ remind subject=Noch da?']],
  ['Set the recipient of Tell sales to lead@example.com', ['~ sales to=lead@example.com']],
  ['Der Empfänger von "Vertrieb informieren" soll chef@example.com sein', ['~ sales to=chef@example.com']],
  ['Send the reminder to help@example.com instead', ['~ remind to=help@example.com']],
  ['Change the text of the reminder to "Are you there?"', ['~ remind text=Are you there?']],
  ['Make the delay 5 hours', ['~ delay_1 amount=5', '~ delay_1 unit=hours']],
  ['Stelle die Wartezeit auf 4 Tage', ['~ delay_1 amount=4']],
  ['Wait 3 days instead of 2 days', ['~ delay_1 amount=3']],
  ['Warte 1 Woche statt 2 Tage', ['~ delay_1 amount=1', '~ delay_1 unit=weeks']],
  [
    'Change the threshold to 80',
    ['~ hot rules={"combinator":"and","rules":[{"left":"{{ trigger.body.score }}","operator":"greater","right":80}]}'],
  ],
  [
    'Setze die Schwelle auf 80',
    ['~ hot rules={"combinator":"and","rules":[{"left":"{{ trigger.body.score }}","operator":"greater","right":80}]}'],
  ],
  [
    'Change the condition to score is less than 20',
    ['~ hot rules={"combinator":"and","rules":[{"left":"{{ trigger.body.score }}","operator":"less","right":20}]}'],
  ],
  ['Run it every Friday at 16:00', ['~ schedule_1 cron=0 16 * * 5', '~ schedule_1 timezone=Europe/Berlin'], weekly],
  [
    'Change the schedule to every weekday at 8',
    ['~ schedule_1 cron=0 8 * * 1-5', '~ schedule_1 timezone=Europe/Berlin'],
    weekly,
  ],
  [
    'Stelle den Zeitplan auf jeden Dienstag um 7 Uhr',
    ['~ schedule_1 cron=0 7 * * 2', '~ schedule_1 timezone=Europe/Berlin'],
    weekly,
  ],
  ['Use Claude for the AI step', ['~ ai_generate_1 provider=claude'], weekly],
  // Copies.
  ['Also send me a copy', ['~ email_send_1 cc=ada@example.com'], weekly],
  ['Schick mir auch eine Kopie', ['~ email_send_1 cc=ada@example.com'], weekly],
  ['Send a copy of the welcome mail to boss@example.com', ['~ welcome cc=boss@example.com']],
  ['Put archive@example.com in bcc of the reminder', ['~ remind bcc=archive@example.com']],
  // What happens when a step fails.
  ['Retry the fetch 3 times', ['~ fetch retry={"attempts":3,"delayMs":30000,"factor":2}']],
  ['Versuche den Abruf bis zu 5 mal', ['~ fetch retry={"attempts":5,"delayMs":30000,"factor":2}']],
  ['If the fetch fails, send me a mail', ['+ email_send_1', '> fetch:error email_send_1', '~ fetch onError=port']],
  ['Wenn "Kundendaten abrufen" fehlschlägt, mach weiter', ['~ fetch onError=continue']],
  ['If the fetch fails, go to the reminder', ['> fetch:error remind', '~ fetch onError=port']],
  ['Ignore errors of the fetch', ['~ fetch onError=continue']],
  ['Connect the error path of the fetch to Tell sales', ['> fetch:error sales', '~ fetch onError=port']],
  // Containers.
  [
    'Wrap the newsletter mail in a for each over {{ trigger.people }}',
    [
      '+ for_each_1',
      '< ai_generate_1:out email_send_1',
      '> ai_generate_1:out for_each_1',
      '> for_each_1:each email_send_1',
      '~ email_send_1 parent=for_each_1',
    ],
    weekly,
  ],
  [
    'Setze die Willkommensmail in eine Schleife über die Bestellungen',
    [
      '+ for_each_1',
      '< fetch:out welcome',
      '< welcome:out delay_1',
      '> fetch:out for_each_1',
      '> for_each_1:done delay_1',
      '> for_each_1:each welcome',
      '~ welcome parent=for_each_1',
    ],
  ],
  // Several at once.
  [
    'Rename the reminder to "Last call" and change its subject to "Last call". Then remove the delay.',
    [
      '- delay_1',
      '< delay_1:out hot',
      '< welcome:out delay_1',
      '> welcome:out hot',
      '~ remind subject=Last call',
      '~ remind title=Last call',
    ],
  ],
  [
    'Bitte entferne die Wartezeit und schicke mir eine Kopie der Erinnerung',
    ['- delay_1', '< delay_1:out hot', '< welcome:out delay_1', '> welcome:out hot', '~ remind cc=ada@example.com'],
  ],
])('%s', (request, expected, graph = isGerman(request) ? german : leads) => {
  it('does exactly that, and leaves a workflow that can be drawn', () => {
    const result = edit(request, graph);
    expect(lines(graph, result.graph)).toEqual(expected.toSorted());
    expect(result.unsupported).toEqual([]);
    expect(result.text).not.toBe('');
    const problems = validate(result.graph, catalogue).filter(({ code }) => code !== 'invalid_config');
    expect(isRunnable(problems), JSON.stringify(problems)).toBe(true);
  });
});

describe('what it cannot do, it says', () => {
  it.each<[string, RegExp, WorkflowGraph?]>([
    ['Make it more exciting', /did not understand.*language model/s],
    ['Übersetze alles ins Japanische', /nicht verstanden.*Sprachmodell/s],
    ['Change the subject to "Hi"', /several steps: “Welcome mail”, “Tell sales” and “Reminder”/],
    ['Remove the mail', /several steps/],
    ['Remove the fax step', /no step that “the fax step” could mean/],
    ['Add an approval before the trigger', /Nothing can stand there/],
    ['Change the recipient of the reminder to the boss', /which address/],
    [
      "Supprime l'étape d'attente et envoie un mail au client",
      /ne comprend les modifications qu’en anglais \(English\).*Add a delay of 2 days/,
    ],
    [
      'Elimina la espera y envía un correo al cliente',
      /solo entiende los cambios en inglés \(English\).*Remove the delay/,
    ],
    ['Add a delay of 1 day', /Added/],
    ['Rename the fax to "x"', /no step/],
    ['Change the threshold of the welcome mail to 5', /has no condition/],
  ])('%s', (request, answer, graph = leads) => {
    const result = edit(request, graph);
    expect(result.text).toMatch(answer);
    if (!/Added/.test(result.text)) expect(result.graph).toBe(graph);
  });

  it('understands what it tells people to write', () => {
    for (const request of ['Add a delay of 2 days before the reminder', 'Remove the delay'])
      expect(edit(request, leads).graph).not.toBe(leads);
  });

  it('does the part that it can, and names the other', () => {
    const result = edit('Remove the delay. Paint the canvas green.');
    expect(lines(leads, result.graph)).toContain('- delay_1');
    expect(result.text).toBe('Removed “Wait 2 days”.');
    expect(result.unsupported).toMatchObject([{ text: 'Paint the canvas green' }]);
  });

  it('needs an address for “me” when it knows none', () => {
    const result = editGraph({
      graph: weekly,
      request: 'Also send me a copy',
      catalogue,
      now: new Date(),
      timezone: 'UTC',
    });
    expect(result.text).toMatch(/Write it out/);
    expect(result.graph).toBe(weekly);
  });

  it('asks for a description when there is nothing yet', () => {
    expect(edit('Add a delay', { nodes: [], edges: [], direction: 'down' }).text).toMatch(/empty/);
  });
});

it('puts an approval before every mail where no place is named', () => {
  const result = edit('Add an approval');
  expect(diffGraphs(leads, result.graph).nodes.added.map(({ title, config }) => [title, config['title']])).toEqual([
    ['Ask for approval', 'Send “Welcome”?'],
    ['Ask for approval', 'Send “Hot lead”?'],
    ['Ask for approval', 'Send “A reminder”?'],
  ]);
});

it('asks for words only when it is asked for words', () => {
  expect(edit('What does this workflow do?').explains).toBe(true);
  expect(edit('Erkläre mir den Ablauf').explains).toBe(true);
  expect(edit('Remove the delay').explains).toBe(false);
});

it.each([
  ['Add a delay and then remove the mail', 'en', ['Add a delay', 'remove the mail']],
  ['Remove the delay, the fetch and the reminder', 'en', ['Remove the delay, the fetch and the reminder']],
  ['If the fetch fails, send me a mail', 'en', ['If the fetch fails, send me a mail']],
  ['Hi! Please add "a, and remove b." after the mail.', 'en', ['add "a, and remove b." after the mail']],
  ['- Remove the delay\n- Rename the mail to X', 'en', ['Remove the delay', 'Rename the mail to X']],
  ['Lösche die 2. Mail und benenne den Start um in „A“', 'de', ['Lösche die 2. Mail', 'benenne den Start um in „A“']],
] as const)('%s is parted', (request, language, parts) => {
  expect(partsOf(request, language)).toEqual(parts);
});

it('takes no time for a long request, and never throws', () => {
  const long = 'add a delay after the mail and remove the and rename to between , if fails '.repeat(260);
  const since = performance.now();
  expect(edit(long.slice(0, 20_000)).text).not.toBe('');
  expect(performance.now() - since).toBeLessThan(3_000);
});
