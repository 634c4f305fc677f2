import '../editor.css';
import { Anchor, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { CircleAlert, PencilRuler, Sparkles, Square } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Run } from '../../../../shared/api/runs.ts';
import { api, query } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { canEdit, useMe } from '../../../api/session.ts';
import { Canvas } from '../../../canvas/Canvas.tsx';
import type { CanvasActions } from '../../../canvas/context.ts';
import { rich } from '../../../i18n/rich.tsx';
import { t, tc, translate } from '../../../i18n/t.ts';
import { lookOnly } from '../../../canvas/look-only.ts';
import { useEditorStore, useRun } from '../../../stores/context.tsx';
import { creditsInWords, formatDuration, formatInstant } from '../../../ui/format.ts';
import { HeaderSlot } from '../../../ui/HeaderSlot.tsx';
import { useCommands } from '../../../ui/hotkeys.ts';
import { useDocumentTitle } from '../../../ui/Page.tsx';
import { RunStatusBadge } from '../../../ui/RunStatusBadge.tsx';
import { pauseInWords } from '../../../ui/runPause.ts';
import { reasonInWords } from '../../../ui/runReason.ts';
import { Failed } from '../../../ui/States.tsx';
import { toastProblem } from '../../../ui/toast.ts';
import { useRunAnnouncements } from '../announcements.ts';
import { EditorProvider, usePanel, usePanels } from '../context.tsx';
import { CostQuestion } from './CostQuestion.tsx';
import { EditorSkeleton } from '../EditorSkeleton.tsx';
import { HeldMails } from './HeldMails.tsx';
import { ListView } from '../list/ListView.tsx';
import { PauseButton } from './PauseButton.tsx';
import { PhoneViews } from '../PhoneViews.tsx';
import { RerunFromHere, RunActions } from './RunActions.tsx';
import { RunLog } from './RunLog.tsx';
import { RunCompare } from '../history/RunCompare.tsx';
import { createEditorSession } from '../session.ts';
import { SettingsPanel } from '../settings/SettingsPanel.tsx';
import { isUnderWay } from '../bars/Toolbar.tsx';
import { StepApprovals } from './StepApprovals.tsx';
import { UndoneSteps } from './UndoneSteps.tsx';
import { UncertainSteps } from './UncertainSteps.tsx';
import { ZoomPill } from '../bars/ZoomPill.tsx';

/** `/runs/:id`: a run on its own version of the graph, to look at, live or from history. */
export default function RunPage() {
  const { id = '' } = useParams();
  const run = useQuery({
    ...query.runs.get.queryOptions({ input: { id } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (run.isError) return <Failed failure={failureOf(run.error)} onRetry={() => void run.refetch()} />;
  if (run.data === undefined) return <EditorSkeleton />;
  return <Opened key={id} run={run.data} />;
}

function Opened({ run }: { run: Run }) {
  const [session] = useState(() =>
    createEditorSession({
      workflow: {
        id: run.workflowId,
        name: run.workflowName,
        active: false,
        publishedVersion: null,
        changed: false,
        triggers: [],
        graph: run.graph,
        revision: 0,
      },
      readOnly: true,
      onCreated: () => {},
    }),
  );
  useEffect(() => {
    session.runs.follow(run.id, run.graph, run.events);
    return () => session.runs.leave();
  }, [session, run]);
  return (
    <EditorProvider session={session}>
      <ReactFlowProvider>
        <View run={run} />
      </ReactFlowProvider>
    </EditorProvider>
  );
}

function View({ run }: { run: Run }) {
  const store = useEditorStore();
  const panels = usePanels();
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  useDocumentTitle(t('Run of {name}', { name: run.workflowName }));
  useRunAnnouncements();
  const open = useCallback(
    (id: string) => {
      if (panels.getState().tab === 'settings') panels.setState({ tab: 'output' });
      store.getState().open(id);
    },
    [store, panels],
  );
  const actions = useMemo<CanvasActions>(() => ({ ...lookOnly, openStep: open }), [open]);
  useCommands([
    {
      id: 'run.log',
      group: tc('noun', 'Run'),
      label: t('Run log'),
      keys: ['l'],
      run: () => panels.setState((state) => ({ log: !state.log })),
    },
    {
      id: 'run.close',
      group: tc('noun', 'Run'),
      label: t('Close the step'),
      keys: ['escape'],
      palette: false,
      run: () => store.getState().open(null),
    },
  ]);
  return (
    <div className="mw-editor mw-run-page">
      <RunHeader run={run} />
      <aside className="mw-run-steps" aria-label={t('Steps of the run')}>
        <RunFacts run={run} />
        <RunActions run={run} />
        <div className="mw-run-compare">
          <RunCompare run={run} />
        </div>
        <UncertainSteps runId={run.id} />
        <CostQuestion runId={run.id} />
        <HeldMails />
        <UndoneSteps />
        <StepApprovals runId={run.id} />
        {phone ? <PhoneViews onOpen={open} /> : <ListView onOpen={open} />}
      </aside>
      {phone ? null : (
        <div className="mw-stage">
          <Canvas actions={actions}>
            <ZoomPill />
          </Canvas>
          <RunLog />
        </div>
      )}
      <SettingsPanel phone={phone} action={(node) => <RerunFromHere run={run} node={node} />} />
    </div>
  );
}

function RunHeader({ run }: { run: Run }) {
  const phone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const me = useMe();
  const panels = usePanels();
  const status = useRun((state) => state.status) ?? run.status;
  const paused = useRun((state) => state.paused) !== null;
  /** Then the question has the button. */
  const asks = useRun((state) => state.paused?.cost ?? null) !== null;
  const log = usePanel((state) => state.log);
  const logView = usePanel((state) => state.logView);
  const cancel = useMutation({
    mutationFn: () => api.runs.cancel({ id: run.id }),
    onError: (error) => toastProblem(t('The run could not be stopped'), failureOf(error).message),
  });
  return (
    <HeaderSlot>
      <Link className="mw-run-name" to={`/workflows/${run.workflowId}`}>
        {run.workflowName}
      </Link>
      <RunStatusBadge status={status} paused={paused} />
      <span className="mw-header-gap" />
      {isUnderWay(status) && !asks && canEdit(me.workspace.role) ? (
        <PauseButton runId={run.id} iconOnly={phone} />
      ) : null}
      {isUnderWay(status) && canEdit(me.workspace.role) ? (
        <Button
          color="red.9"
          className="mw-steer"
          data-icon-only={phone || undefined}
          aria-label={t('Stop')}
          leftSection={<Square size={13} fill="currentColor" />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {phone ? '' : t('Stop')}
        </Button>
      ) : null}
      {(['timeline', 'log'] as const).map((view) => (
        <Button
          key={view}
          variant="default"
          visibleFrom="sm"
          aria-pressed={log && logView === view}
          onClick={() => panels.setState((state) => ({ log: !(state.log && state.logView === view), logView: view }))}
        >
          {view === 'log' ? t('Log') : t('Timeline')}
        </Button>
      ))}
      <Button
        variant="default"
        visibleFrom="sm"
        component={Link}
        to={`/workflows/${run.workflowId}`}
        leftSection={<PencilRuler size={16} />}
      >
        {t('Open the workflow')}
      </Button>
    </HeaderSlot>
  );
}

/** The run that this one repeats. */
function Origin({ run }: { run: Run }) {
  const reason = reasonInWords(run.reason);
  if (reason === null) return null;
  return (
    <p>
      {reason}
      {run.parentRunId === null ? t(', of a run that has been deleted') : ': '}
      {run.parentRunId === null ? null : (
        <Anchor component={Link} to={`/runs/${run.parentRunId}`} size="sm">
          {t('the earlier run')}
        </Anchor>
      )}
    </p>
  );
}

function RunFacts({ run }: { run: Run }) {
  const me = useMe();
  const startedAt = useRun((state) => state.startedAt);
  const finishedAt = useRun((state) => state.finishedAt);
  const cost = useRun((state) => state.costMicro);
  const error = useRun((state) => state.error);
  const paused = useRun((state) => state.paused);
  const version =
    run.versionNumber === 0 ? t('the draft, as a test') : t('version {number}', { number: run.versionNumber });
  return (
    <div className="mw-run-facts">
      <p>
        {formatInstant(run.createdAt)} · {version}
      </p>
      <p>
        {startedAt !== null && finishedAt !== null ? `${formatDuration(finishedAt - startedAt)} · ` : ''}
        {cost > 0 ? creditsInWords(cost) : t('no cost')}
      </p>
      <Origin run={run} />
      {run.calledBy === null ? null : (
        <p>
          {rich('Called by {workflow}', {
            workflow: (
              <Anchor component={Link} to={`/runs/${run.calledBy.runId}`} inherit>
                {run.calledBy.workflowName}
              </Anchor>
            ),
          })}
        </p>
      )}
      {paused === null || paused.cost ? null : (
        <p>
          {formatInstant(new Date(paused.at).toISOString())}: {pauseInWords(paused)}
        </p>
      )}
      {error === null ? null : (
        <p className="mw-run-error" role="alert">
          <CircleAlert size={15} aria-hidden="true" /> {translate(error.message)}
        </p>
      )}
      {error === null || !canEdit(me.workspace.role) ? null : (
        <Button
          component={Link}
          to={`/workflows/${run.workflowId}`}
          state={{ fix: { runId: run.id } }}
          variant="light"
          leftSection={<Sparkles size={15} />}
        >
          {t('Fix with AI')}
        </Button>
      )}
    </div>
  );
}
