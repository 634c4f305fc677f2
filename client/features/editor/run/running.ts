import { useMutation } from '@tanstack/react-query';
import type { SectionInput } from '../../../../shared/api/runs.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { t } from '../../../i18n/t.ts';
import { toastProblem } from '../../../ui/toast.ts';
import { usePanels, useSession } from '../context.tsx';
import { rememberRun } from './last-run.ts';
import type { EditorSession } from '../session.ts';
import { problemsOf, stepsInNeed } from '../problems.ts';

export interface StartInput {
  trigger?: string;
  payload?: unknown;
  previewId?: string;
  section?: SectionInput;
}

/** Whether a run would do something that cannot be taken back: then it is previewed first. */
export function needsPreview({ editor }: EditorSession): boolean {
  return editor
    .getState()
    .graph.nodes.some((node) => node.disabled !== true && editor.catalogue.get(node.kind)?.effect === 'irreversible');
}

/** Starts test runs of the draft, follows them on the canvas, and stops them. */
export function useRunning() {
  const session = useSession();
  const panels = usePanels();
  const start = useMutation({
    mutationFn: async (input: StartInput) => {
      const at = await session.saved();
      if (at === null) throw new Error('The workflow could not be saved.');
      const { graph } = session.editor.getState();
      const run = await api.runs.start({
        workflowId: at.id,
        version: 'draft',
        idempotencyKey: crypto.randomUUID(),
        ...input,
      });
      return { run, graph };
    },
    onSuccess: ({ run, graph }) => {
      session.runs.follow(run.id, graph);
      rememberRun(run.workflowId, run.id);
      panels.setState({ preview: false, previewOf: null });
    },
  });
  const stop = useMutation({
    mutationFn: (id: string) => api.runs.cancel({ id }),
    onError: (error) => toastProblem(t('The run could not be stopped'), failureOf(error).message),
  });

  async function run(): Promise<void> {
    const { editor } = session;
    const problems = await problemsOf(editor.getState().graph);
    editor.getState().setProblems(problems);
    const [first] = stepsInNeed(problems);
    if (first !== undefined) {
      editor.getState().open(first, problems.find((one) => one.nodeId === first && one.severity === 'error')?.field);
      return;
    }
    if (needsPreview(session)) panels.setState({ preview: true });
    else
      start.mutate(
        {},
        { onError: (error) => toastProblem(t('The run could not be started'), failureOf(error).message) },
      );
  }

  return {
    start,
    run: () =>
      void run().catch((error: unknown) =>
        toastProblem(t('The workflow could not be checked'), failureOf(error).message),
      ),
    stop: () => {
      const { runId } = session.runs.getState();
      if (runId !== null) stop.mutate(runId);
    },
  };
}
