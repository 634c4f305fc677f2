import { Alert, Button, Drawer, Group, Loader, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, Play, RefreshCw, Sparkles } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { itemPathOf } from '../../../../shared/engine/address.ts';
import type { Preview, SectionInput } from '../../../../shared/api/runs.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { rich } from '../../../i18n/rich.tsx';
import { t, translate } from '../../../i18n/t.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { jsonProblem } from '../../../nodes/form/JsonField.tsx';
import { useEditor } from '../../../stores/context.tsx';
import { creditsInWords } from '../../../ui/format.ts';
import { usePanel, usePanels, useSession } from '../context.tsx';
import { PreviewCosts } from './PreviewCosts.tsx';
import { mailsInWords, PreviewMails } from './PreviewMails.tsx';
import { PreviewSteps } from './PreviewSteps.tsx';
import type { useRunning } from '../run/running.ts';

/** What would happen, which mails would go to whom, and what it would cost; then "Confirm and run" sends exactly that. */
export function PreviewDrawer({ phone, running }: { phone: boolean; running: ReturnType<typeof useRunning> }) {
  const panels = usePanels();
  const open = usePanel((state) => state.preview);
  return (
    <Drawer
      opened={open}
      onClose={() => panels.setState({ preview: false, previewOf: null })}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 880}
      title={<span className="mw-preview-title">{t('Preview')}</span>}
      padding={0}
      classNames={{ header: 'mw-preview-header', body: 'mw-preview-body', content: 'mw-preview-content' }}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {open ? <Content running={running} /> : null}
    </Drawer>
  );
}

interface TriggerChoice {
  id: string;
  title: string;
  sample: string;
}

/** The triggers of a graph, each with an example of what arrives. */
function triggersOf(graph: WorkflowGraph): TriggerChoice[] {
  return graph.nodes.flatMap((node) => {
    const definition = catalogue.get(node.kind);
    if (definition?.group !== 'trigger' || node.disabled === true) return [];
    const parsed = definition.config.safeParse(node.config);
    const sample = node.pinned ? node.pinned.output : parsed.success ? definition.sample(parsed.data, undefined) : {};
    return [{ id: node.id, title: node.title, sample: JSON.stringify(sample ?? {}, null, 2) }];
  });
}

function Content({ running }: { running: ReturnType<typeof useRunning> }) {
  const session = useSession();
  const panels = usePanels();
  const graph = useEditor((state) => state.graph);
  const triggers = useMemo(() => triggersOf(graph), [graph]);
  const section = usePanel((state) => state.previewOf);
  const [trigger, setTrigger] = useState(triggers[0]?.id ?? '');
  const [payload, setPayload] = useState(triggers[0]?.sample ?? '{}');
  const make = useMutation({
    mutationFn: async (options: { generate?: 'all'; basedOn?: string }) => {
      const at = await session.saved();
      if (at === null) throw new Error('The workflow could not be saved.');
      return api.previews.create({
        workflowId: at.id,
        revision: at.revision,
        ...(section === null ? { trigger, payload: JSON.parse(payload) as unknown } : { section }),
        generate: options.generate ?? [],
        ...(options.basedOn ? { basedOn: options.basedOn } : {}),
      });
    },
    onSuccess: (preview) => panels.setState({ lastPreview: preview }),
  });
  const makeFirst = useEffectEvent(() => {
    if (trigger !== '') make.mutate({});
  });
  // Made once when the drawer opens; after that by its buttons.
  useEffect(() => makeFirst(), []);
  const preview = make.data;
  const problem = jsonProblem(payload);
  const stale =
    section === null &&
    preview !== undefined &&
    JSON.stringify(preview.payload) !== (problem === null ? JSON.stringify(JSON.parse(payload)) : '');
  if (triggers.length === 0)
    return <Text p="lg">{t('Add a trigger first: something has to start the workflow.')}</Text>;
  return (
    <>
      <div className="mw-preview-columns">
        <section className="mw-preview-side" aria-label={t('What starts the run')}>
          {section === null ? (
            <>
              <h3>{t('Started with')}</h3>
              {triggers.length > 1 ? (
                <Select
                  aria-label={t('Trigger')}
                  mb={8}
                  data={triggers.map(({ id, title }) => ({ value: id, label: title }))}
                  value={trigger}
                  allowDeselect={false}
                  onChange={(next) => {
                    setTrigger(next ?? trigger);
                    setPayload(triggers.find((one) => one.id === next)?.sample ?? '{}');
                  }}
                />
              ) : null}
              <Textarea
                aria-label={t('What arrives at the trigger, as JSON')}
                value={payload}
                autosize
                minRows={5}
                maxRows={18}
                spellCheck={false}
                error={problem}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
                onChange={(event) => setPayload(event.currentTarget.value)}
              />
              <Group mt={8}>
                <Button
                  variant={stale ? 'filled' : 'default'}
                  leftSection={<RefreshCw size={14} />}
                  disabled={problem !== null}
                  loading={make.isPending}
                  onClick={() => make.mutate(preview ? { basedOn: preview.id } : {})}
                >
                  {t('Update')}
                </Button>
              </Group>
            </>
          ) : (
            <PartFacts section={section} graph={graph} preview={preview} />
          )}
          {preview === undefined ? null : <PreviewCosts preview={preview} />}
        </section>
        <section className="mw-preview-main" aria-label={t('What would happen')} aria-busy={make.isPending}>
          {make.isPending && preview === undefined ? (
            <Group p="lg" gap={10}>
              {rich('{loader} Walking through the steps…', { loader: <Loader size="sm" /> })}
            </Group>
          ) : null}
          {make.isError ? <Problem text={failureOf(make.error).message} /> : null}
          {preview === undefined ? null : <Result preview={preview} graph={graph} />}
        </section>
      </div>
      <Footer
        preview={preview}
        stale={stale}
        making={make.isPending}
        onGenerate={() => make.mutate({ generate: 'all' })}
        running={running}
      />
    </>
  );
}

/** Which part is tested, and with what. */
function PartFacts({
  section: { node, mode },
  graph,
  preview,
}: {
  section: SectionInput;
  graph: WorkflowGraph;
  preview: Preview | undefined;
}) {
  const title = graph.nodes.find((one) => one.id === node)?.title ?? node;
  const words = {
    only: t('Only “{title}” runs.', { title }),
    until: t('Everything up to “{title}” runs.', { title }),
    from: t('“{title}” and what follows run.', { title }),
  } as const;
  const from =
    typeof preview?.section?.basedOn !== 'string'
      ? t('There is no earlier run: what stands before is pinned, worked out or an example.')
      : t('What stands before keeps what it put out in the earlier run, or its pin.');
  return (
    <>
      <h3>{t('A part of the workflow')}</h3>
      <Text size="sm">{words[mode]}</Text>
      <Text size="sm" c="dimmed" mt={6}>
        {preview === undefined ? '' : from}
      </Text>
    </>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} />} mb="md">
      {text}
    </Alert>
  );
}

function Result({ preview, graph }: { preview: Preview; graph: WorkflowGraph }) {
  const errors = preview.problems.filter((one) => one.severity === 'error');
  return (
    <Stack gap="lg">
      {errors.length === 0 ? null : <Problem text={errors.map((one) => translate(one.message)).join(' ')} />}
      <PreviewMails preview={preview} graph={graph} />
      <PreviewSteps preview={preview} graph={graph} />
    </Stack>
  );
}

interface FooterProps {
  preview: Preview | undefined;
  /** The payload was changed after the preview was made. */
  stale: boolean;
  making: boolean;
  onGenerate: () => void;
  running: ReturnType<typeof useRunning>;
}

function Footer({ preview, stale, making, onGenerate, running }: FooterProps) {
  const aiSteps = preview?.steps.filter((step) => step.status === 'runs' && step.detail['prompt'] !== undefined) ?? [];
  const open = aiSteps.filter((step) => !step.generated).length;
  const blocked =
    preview === undefined ||
    stale ||
    making ||
    preview.problems.some((one) => one.severity === 'error') ||
    // An item that fails keeps the others from nothing, unless its container fails too.
    preview.steps.some((step) => step.status === 'error' && itemPathOf(step.nodeId) === '');
  const mails = preview?.mailCount;
  return (
    <footer className="mw-preview-footer">
      {running.start.isError ? <Problem text={failureOf(running.start.error).message} /> : null}
      <div className="mw-preview-actions">
        <Text size="sm" c="dimmed">
          {stale ? t('The data was changed: update the preview.') : footnote(preview, open)}
        </Text>
        {aiSteps.length > 0 ? (
          <Button
            variant="default"
            leftSection={<Sparkles size={15} />}
            loading={making}
            disabled={preview === undefined}
            onClick={onGenerate}
          >
            {open > 0 ? t('Generate the AI text now') : t('Generate again')}
          </Button>
        ) : null}
        <Button
          leftSection={<Play size={14} fill="currentColor" />}
          disabled={blocked}
          loading={running.start.isPending}
          onClick={() =>
            preview &&
            running.start.mutate({ previewId: preview.id, trigger: preview.trigger, payload: preview.payload })
          }
        >
          {mails !== undefined && mails.max > 0
            ? t('Confirm and send {mails}', { mails: mailsInWords(mails) })
            : t('Confirm and run')}
        </Button>
      </div>
    </footer>
  );
}

function footnote(preview: Preview | undefined, open: number): string {
  if (preview === undefined) return '';
  if (open > 0) return t('AI text is written during the run. Generate it now to see exactly what is sent.');
  const spent =
    preview.spentMicro > 0
      ? ` ${t('The preview has cost {credits}.', { credits: creditsInWords(preview.spentMicro) })}`
      : '';
  if (preview.mailCount.max > preview.mails.length)
    return t('What is shown is sent exactly so, the rest is made during the run.{spent}', { spent });
  return preview.mails.every((mail) => mail.exact) && preview.mails.length > 0
    ? t('Exactly these bytes are sent.{spent}', { spent })
    : spent.trim();
}
