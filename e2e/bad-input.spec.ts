import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeLlm } from '../server/drivers/llm/fake.ts';
import type { Workflow } from '../shared/api/workflows.ts';
import type { WorkflowGraph } from '../shared/workflow/graph.ts';
import { lineOf, signUp, type Account } from './support/account.ts';
import { enter } from './support/browser.ts';
import { connections, expectSaved, field, openEditor, openStep, port, step, steps, write } from './support/editor.ts';
import { startInstance } from './support/instance.ts';
import { expect, test } from './support/journey.ts';

const mailGraph = lineOf(
  ['manual_1', 'manual', {}],
  ['set_1', 'set', { fields: [{ name: 'greeting', value: 'Hello' }] }],
  [
    'email_send_1',
    'email-send',
    { to: 'grace@example.com', subject: 'Hi', format: 'text', text: '{{ input.greeting }}' },
  ],
);

const create = (person: Account, graph: WorkflowGraph): Promise<Workflow> =>
  person.api<Workflow>('POST', '/workflows', { name: 'Journey', graph });

test('an empty prompt says what is missing, at home and in the editor', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await page.goto('/');
  await page.getByRole('button', { name: 'Make the workflow' }).click();
  await expect(page.getByRole('textbox', { name: 'What should happen?' })).toBeFocused();
  await expect(page.getByText('Describe what should happen first')).toBeVisible();
  await expect(page).toHaveURL('/');
  await page.goto('/workflows/new');
  await page.getByRole('button', { name: 'Weave' }).click();
  await expect(page.getByRole('alert')).toContainText('Type what should happen');
  await expect(steps(page)).toHaveCount(0);
});

test('a prompt of 100 kB is refused with the limit, and what was typed stays', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  const long = 'Write a mail about the weather. '.repeat(3_300);
  await page.goto('/');
  await page.getByRole('textbox', { name: 'What should happen?' }).fill(long);
  await page.getByRole('button', { name: 'Make the workflow' }).click();
  await expect(page.getByRole('alert')).toContainText(/too long|at most|characters/i);
  expect((await page.getByRole('textbox', { name: 'Describe a workflow' }).inputValue()).length).toBe(
    long.trim().length,
  );
  await expect(steps(page)).toHaveCount(0);
  expect((await person.api<{ items: unknown[] }>('GET', '/workflows')).items, 'nothing is half-saved').toEqual([]);
});

test('what the product cannot do is named, and the rest is made', async ({ page, person }) => {
  expect(person.email).toBeTruthy();
  await page.goto('/');
  await page
    .getByRole('textbox', { name: 'What should happen?' })
    .fill('When a form is filled in, mail grace@example.com and send it on LINE');
  await page.keyboard.press('Enter');
  const proposal = page.getByRole('group', { name: 'Proposal' });
  await expect(proposal).toContainText('Could not be mapped');
  await expect(proposal.getByRole('listitem').first()).toContainText('LINE');
  await expect(steps(page)).toHaveCount(2);
});

test('a broken expression is shown at its field, counted, and cannot be published', async ({ page, person }) => {
  const workflow = await create(person, mailGraph);
  await openEditor(page, workflow.id);
  await openStep(page, 'email_send_1');
  await write(page, 'subject', 'Hi {{ trigger.name');
  await expect(field(page, 'subject')).toContainText(/\}\}|closed|expression/i);
  await expect(step(page, 'email_send_1')).toHaveAttribute('aria-label', /needs attention/);
  await expectSaved(page);
  await page.getByRole('button', { name: 'Close the settings' }).click();
  const problems = page.getByRole('button', { name: '1 step needs attention' });
  await expect(problems).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled();
  await problems.click();
  await expect(field(page, 'subject')).toBeInViewport();

  const { revision } = await person.api<Workflow>('GET', `/workflows/${workflow.id}`);
  const refused = await person
    .api('POST', `/workflows/${workflow.id}/publish`, { revision })
    .then(() => 'published', String);
  expect(refused).toMatch(/invalid_graph/);
  expect(refused).toMatch(/email_send_1/);
});

test('a connection that would make a circle is refused while it is drawn', async ({ page, person }) => {
  const workflow = await create(person, mailGraph);
  await openEditor(page, workflow.id);
  const [from, to] = await Promise.all([
    port(page, 'email_send_1', 'out').boundingBox(),
    port(page, 'set_1', 'in').boundingBox(),
  ]);
  await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2);
  await page.mouse.down();
  await page.mouse.move(to!.x + 60, to!.y - 20, { steps: 8 });
  await page.mouse.move(to!.x + to!.width / 2, to!.y + to!.height / 2, { steps: 4 });
  await expect(page.getByText('That would make a circle')).toBeVisible();
  await page.mouse.up();
  await expect(connections(page)).toHaveCount(2);

  const circle = {
    ...mailGraph,
    edges: [
      ...mailGraph.edges,
      { ...mailGraph.edges[1]!, id: 'email_send_1:out>set_1:in', source: 'email_send_1', target: 'set_1' },
    ],
  };
  const { problems } = await person.api<{ problems: { message: string }[] }>('POST', '/workflows/validate', {
    graph: circle,
  });
  expect(problems.map(({ message }) => message).join(' ')).toMatch(/circle|cycle|loop/i);
});

test('an unreachable mail server and a wrong API key are named where they hurt', async ({ browser }) => {
  const llm = await startFakeLlm();
  const dataDir = mkdtempSync(join(tmpdir(), 'journeys-broken-'));
  chmodSync(dataDir, 0o711);
  const smtpPort = await closedPort();
  const broken = await startInstance({
    DATA_DIR: dataDir,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    OPENAI_API_KEY: 'sk-wrong',
    OPENAI_BASE_URL: llm.openaiUrl,
  });
  const context = await browser.newContext({ baseURL: broken.url });
  try {
    const person = await signUp(broken.url);
    await enter(context, broken.url, person);
    const page = await context.newPage();

    await page.goto('/');
    await page
      .getByRole('textbox', { name: 'What should happen?' })
      .fill('Write a poem and mail it to grace@example.com');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText(/API key/i);
    await expect(page.getByRole('alert')).not.toContainText('sk-');
    await expect(page.getByRole('textbox', { name: 'Describe a workflow' })).toHaveValue(/Write a poem/);

    const workflow = await create(person, mailGraph);
    await openEditor(page, workflow.id);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm and send 1 mail' }).click();
    await expect(step(page, 'email_send_1').locator('.mw-step')).toHaveAttribute('data-status', 'failed', {
      timeout: 40_000,
    });
    const panel = await openStep(page, 'email_send_1');
    await panel.getByRole('tab', { name: 'Output' }).click();
    await expect(panel).toContainText(/mail server.*(reach|connect)|cannot be reached/i);
  } finally {
    await context.close();
    await broken.stop();
    await llm.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
