import { afterAll, describe, expect, test, vi } from 'vitest';
import { allRunsEnded, lineOf, publish, signUp, type Account } from '../../../e2e/support/account.ts';
import type { ConnectionProblem } from '../../../shared/api/connections.ts';
import type { Run } from '../../../shared/api/runs.ts';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { testDatabase } from '../../database/testing.ts';
import { fakeKey, startFakeLlm } from '../../drivers/llm/fake.ts';
import { startSmtpFake } from '../../drivers/mail/fake.ts';
import { testProduct } from '../../testing.ts';
import { createConnectionWatch, isBroken } from './watch.ts';

/** Broken and missing connections against the whole product: a fake model and a fake mail server that break and are mended. */
const db = await testDatabase();
const smtp = await startSmtpFake();
const llm = await startFakeLlm();
afterAll(async () => void (await Promise.all([smtp.close(), llm.close()])));
const product = await testProduct(db, {
  smtpUrl: smtp.url,
  models: { inhouse: { baseUrl: llm.openaiUrl, apiKey: fakeKey, model: 'small' } },
});

const problemsOf = async (who: Account): Promise<ConnectionProblem[]> =>
  (await who.api<{ items: ConnectionProblem[] }>('GET', '/connections/problems')).items;
const untilThere = (who: Account, count: number) =>
  vi.waitFor(async () => {
    const found = await problemsOf(who);
    expect(found).toHaveLength(count);
    return found;
  }, 5_000);
const ask = (provider: string) => ['ask', 'ai-generate', { prompt: 'Say hello.', provider }] as const;

async function run(who: Account, ...steps: Parameters<typeof lineOf>): Promise<{ workflow: Workflow; runId: string }> {
  const graph = lineOf(['start', 'manual', {}], ...steps);
  const workflow = await who.api<Workflow>('POST', '/workflows', { name: 'Greetings', graph });
  const { id } = await who.api<Run>('POST', `/workflows/${workflow.id}/runs`, {});
  await allRunsEnded(who, 1);
  return { workflow, runId: id };
}

test('a model that refuses the key is a problem of the workspace that used it, until it works again', async () => {
  const [ada, eve] = [await signUp(product.url), await signUp(product.url)];
  llm.script({ status: 401, error: { message: 'bad key sk-secret-123', type: 'authentication_error' } });
  const { workflow, runId } = await run(ada, [...ask('inhouse')]);
  const [problem] = await untilThere(ada, 1);
  expect(problem).toMatchObject({ id: 'inhouse', state: 'failing', runId, failures: 1, others: 0 });
  expect(problem?.workflow).toEqual({ id: workflow.id, name: 'Greetings', nodeId: null });
  expect(problem?.message).toContain('refused the API key');
  expect(JSON.stringify(problem)).not.toContain('sk-secret');
  expect(await problemsOf(eve)).toEqual([]);

  const tried = await ada.api<{ ok: boolean; message: string }>('POST', '/connections/inhouse/test', {});
  expect(tried).toEqual({ ok: false, message: problem?.message });
  await vi.waitFor(async () => expect((await problemsOf(ada))[0]?.failures).toBe(2), 5_000);
  expect((await problemsOf(ada))[0]?.since).toBe(problem?.since);

  llm.script({ say: 'OK' });
  expect(await ada.api('POST', '/connections/inhouse/test', {})).toEqual({ ok: true, message: null });
  expect(await problemsOf(ada)).toEqual([]);
});

test('what a model says about one request is no broken connection', async () => {
  const ada = await signUp(product.url);
  llm.script({ status: 400, error: { message: 'no such parameter', type: 'invalid_request_error' } });
  await run(ada, [...ask('inhouse')]);
  expect(await problemsOf(ada)).toEqual([]);
});

test('a mail server that cannot be reached is one; the next mail that goes out ends it', async () => {
  const ada = await signUp(product.url);
  const mail = ['send', 'email-send', { to: 'a@example.com', subject: 'Hi', text: 'Hi' }] as const;
  smtp.behave(({ point }) => (point === 'greeting' ? 'drop' : undefined));
  const { workflow } = await run(ada, [...mail]);
  const [problem] = await untilThere(ada, 1);
  expect(problem).toMatchObject({ id: 'mail', label: 'Mail server', state: 'failing' });
  expect(problem?.message).toContain('cannot be reached');
  expect(await ada.api('POST', '/connections/mail/test', {})).toMatchObject({ ok: false });
  smtp.behave(() => undefined);
  await ada.api('POST', `/workflows/${workflow.id}/runs`, {});
  await untilThere(ada, 0);
});

test('a live workflow that names a provider without a key misses it, with the step that does', async () => {
  const ada = await signUp(product.url);
  const graph = lineOf(['start', 'schedule', { cron: '0 9 * * 1' }], [...ask('openai')]);
  const { workflow } = await publish(ada, 'Mondays', graph);
  const other = await publish(ada, 'More', graph);
  const off = lineOf(
    ['start', 'schedule', { cron: '0 9 * * 1' }],
    ['ask', 'ai-generate', { prompt: 'x', provider: 'claude' }, { disabled: true }],
  );
  await publish(ada, 'Switched off', off);
  await ada.api('POST', '/workflows', { name: 'A draft', graph });
  const [problem, ...rest] = await problemsOf(ada);
  expect(rest).toEqual([]);
  expect(problem).toMatchObject({ id: 'openai', state: 'missing', since: null, runId: null, others: 1 });
  expect(problem?.message).toContain('OPENAI_API_KEY');
  expect(problem?.workflow?.nodeId).toBe('ask');
  for (const { id } of [workflow, other.workflow]) await ada.api('PUT', `/workflows/${id}/active`, { active: false });
  expect(await problemsOf(ada)).toEqual([]);
});

test('trying is counted, so that nobody knocks at a provider in a loop', async () => {
  const ada = await signUp(product.url);
  for (let i = 0; i < 10; i++) expect(await ada.api('POST', '/connections/mail/test', {})).toMatchObject({ ok: true });
  await expect(ada.api('POST', '/connections/mail/test', {})).rejects.toThrow(/429/);
});

describe('what counts', () => {
  test.each([
    ['inhouse', { code: 'provider_auth', message: '' }, true],
    ['inhouse', { code: 'provider_unavailable', message: '' }, true],
    ['inhouse', { code: 'timeout', message: '' }, false],
    ['inhouse', { code: 'cancelled', message: '' }, false],
    ['inhouse', { code: 'provider_output', message: '' }, false],
    ['mail', { code: 'timeout', message: '' }, true],
    ['mail', { code: 'mail_unreachable', message: '' }, true],
    ['mail', { code: 'mail_rejected', message: '', details: { reason: 'auth' } }, true],
    ['mail', { code: 'mail_rejected', message: '' }, false],
    ['mail', { code: 'mail_uncertain', message: '' }, false],
  ] as const)('%s %j: %s', (connection, error, broken) => {
    expect(isBroken(connection, error)).toBe(broken);
  });

  test('that it works is written down once a minute at most, and always after a failure', () => {
    const written: string[] = [];
    let now = 0;
    const note = (what: string) => async () => void written.push(what);
    const hear = createConnectionWatch({
      store: { failed: note('failed'), worked: note('worked') },
      now: () => now,
      report: () => {},
    });
    const tell = (broken: boolean) =>
      hear({ workspaceId: 'w', connection: 'mail', error: broken ? { code: 'mail_unreachable', message: '' } : null });
    for (const at of [0, 1, 59_999]) {
      now = at;
      tell(false);
    }
    expect(written).toEqual(['worked']);
    now = 60_000;
    tell(false);
    tell(true);
    tell(false);
    expect(written).toEqual(['worked', 'worked', 'failed', 'worked']);
  });
});
