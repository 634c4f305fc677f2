import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Workflow } from '../../../shared/api/workflows.ts';
import { upgradeGraph } from '../../../shared/engine/upgrade.ts';
import { api } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { holdsEdits } from '../../api/unsaved.ts';
import { t } from '../../i18n/t.ts';
import { catalogue } from '../../nodes/catalogue.ts';
import type { CatchUp } from '../../stores/catch-up.ts';
import { createDraftSaver } from '../../stores/draft.ts';
import type { DraftSaver, SaveResult } from '../../stores/draft.ts';
import { createEditorStore } from '../../stores/editor.ts';
import { documentOf, proposedGraph } from '../../stores/review.ts';
import type { EditorStore } from '../../stores/editor.ts';
import { createRunStore } from '../../stores/runs.ts';
import type { RunStore } from '../../stores/runs.ts';
import { createSocketFeed } from '../../stores/socket-feed.ts';
import { whenUsed } from '../../ui/whenUsed.ts';
import { keepEdits } from './keeping.ts';
import { problemsOf } from './problems.ts';

/** What the page knows about the workflow besides its graph. */
export interface WorkflowInfo {
  /** Null until it is saved for the first time. */
  id: string | null;
  name: string;
  active: boolean;
  publishedVersion: number | null;
  /** The draft differs from the published version. */
  changed: boolean;
  triggers: Workflow['triggers'];
}

export interface EditorSession {
  editor: EditorStore;
  runs: RunStore;
  draft: DraftSaver;
  info: StoreApi<WorkflowInfo>;
  /** Saves what is unsaved, creating the workflow where it does not exist yet. Null when that failed; the header says why. */
  saved(): Promise<{ id: string; revision: number } | null>;
  rename(name: string): Promise<void>;
  /** What takes in drafts that others save, and holds what has to be decided. Loaded when it is first needed. */
  catchUp(): Promise<CatchUp>;
  /** Puts what is on the screen into the history of the workflow, and goes on with the draft as the server has it. */
  takeTheirs(): Promise<void>;
  /** Connects the stores with each other; call the result when the page goes. */
  start(): () => void;
}

const problemsDelayMs = 250;
/** The first picture comes first. */
const firstCheckMs = 600;

/** What a session starts from: a workflow, or the version of one that a run used. */
export type SessionSource = Pick<Workflow, keyof WorkflowInfo | 'graph' | 'revision'>;

export interface SessionOptions {
  workflow: SessionSource | null;
  /** Called once, when a new workflow got its id. */
  onCreated: (id: string) => void;
  readOnly: boolean;
}

/** Everything behind one open editor: the document, its draft on the server, the run on the canvas. */
export function createEditorSession({ workflow, onCreated, readOnly }: SessionOptions): EditorSession {
  const editor = createEditorStore({
    catalogue,
    readOnly,
    ...(workflow ? { graph: upgradeGraph(workflow.graph, catalogue) } : {}),
  });
  const runs = createRunStore({ feed: createSocketFeed(), catalogue });
  const info = createStore<WorkflowInfo>()(() => (workflow ? infoOf(workflow) : newInfo));
  const draft = createDraftSaver({
    revision: workflow?.revision ?? 0,
    read: () => documentOf(editor.getState()),
    save,
    catchUp: async (by) => (await catchUp()).run(by),
    describe: (error) => failureOf(error).message,
  });
  let loaded: Promise<CatchUp> | undefined;

  /** Most sessions never see somebody else's save. */
  function catchUp(): Promise<CatchUp> {
    loaded ??= Promise.all([import('../../stores/catch-up.ts'), import('./told.ts')]).then(
      ([{ createCatchUp }, { tellOfTheirs }]) => createCatchUp({ editor, draft, told: tellOfTheirs, read: readTheirs }),
    );
    loaded.catch(() => (loaded = undefined));
    return loaded;
  }

  async function readTheirs(): Promise<{ graph: Workflow['graph']; revision: number }> {
    const theirs = await api.workflows.get({ id: info.getState().id ?? '' });
    info.setState(infoOf(theirs));
    return { graph: upgradeGraph(theirs.graph, catalogue), revision: theirs.revision };
  }

  async function save(graph: Workflow['graph'], revision: number): Promise<SaveResult> {
    const { id, name } = info.getState();
    try {
      if (id === null) {
        const created = await api.workflows.create({ name, graph });
        info.setState(infoOf(created));
        onCreated(created.id);
        return { ok: true, revision: created.revision };
      }
      const result = await api.workflows.saveDraft({ id, revision, graph });
      info.setState((state) => ({ triggers: result.triggers, changed: state.publishedVersion !== null }));
      return { ok: true, revision: result.revision };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'conflict') {
        const by = failure.details['updatedBy'];
        return { ok: false, conflict: { by: typeof by === 'string' ? by : null } };
      }
      return { ok: false, message: failure.message };
    }
  }

  async function saved(): Promise<{ id: string; revision: number } | null> {
    if (info.getState().id === null) draft.touch();
    const ok = await draft.flush();
    const { id } = info.getState();
    return ok && id !== null ? { id, revision: draft.getState().revision } : null;
  }

  return {
    editor,
    runs,
    draft,
    info,
    saved,
    async rename(name) {
      const { id, name: before } = info.getState();
      info.setState({ name });
      if (id === null) return;
      try {
        await api.workflows.rename({ id, name });
      } catch (error) {
        info.setState({ name: before });
        throw error;
      }
    },
    catchUp,
    async takeTheirs() {
      const { id } = info.getState();
      if (id === null) return;
      await api.workflows.keepDraft({ id, graph: documentOf(editor.getState()), reason: 'conflict' });
      (await catchUp()).takeTheirs();
    },
    start: () => connect({ editor, draft, runs, info }),
  };
}

const newInfo: WorkflowInfo = {
  id: null,
  name: t('New workflow'),
  active: false,
  publishedVersion: null,
  changed: false,
  triggers: [],
};

export function infoOf(workflow: SessionSource): WorkflowInfo {
  const { id, name, active, publishedVersion, changed, triggers } = workflow;
  return { id, name, active, publishedVersion, changed, triggers };
}

function connect({ editor, draft, runs, info }: Pick<EditorSession, 'editor' | 'draft' | 'runs' | 'info'>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = async () => {
    const { graph, review } = editor.getState();
    const problems = await problemsOf(proposedGraph({ graph, review }));
    // Whatever changed meanwhile is checked by its own call.
    if (editor.getState().graph === graph && editor.getState().review === review)
      editor.getState().setProblems(problems);
  };
  // The server refuses what is wrong, too: without the rules (offline, or another build by now) one can go on.
  const checkSoon = () => void check().catch(() => undefined);
  let isOver = false;
  // The rules are a tenth of the program, and nothing of the first picture needs them.
  void whenUsed().then(() => {
    if (!isOver) timer ??= setTimeout(checkSoon, firstCheckMs);
  });
  const stop = editor.subscribe((state, before) => {
    if (state.graph === before.graph && state.gesture === before.gesture && state.review === before.review) return;
    // Nothing is saved in the middle of a drag or of a generation.
    if (state.gesture === null) draft.touch();
    clearTimeout(timer);
    timer = setTimeout(checkSoon, problemsDelayMs);
  });
  const leave = (event: BeforeUnloadEvent) => {
    if (draft.getState().status.kind !== 'saved') event.preventDefault();
  };
  window.addEventListener('beforeunload', leave);
  const release = holdsEdits(() => draft.flush());
  const stopKeeping = keepEdits(editor, draft, () => info.getState().id);
  return () => {
    isOver = true;
    stop();
    clearTimeout(timer);
    window.removeEventListener('beforeunload', leave);
    release();
    stopKeeping();
    void draft.flush().finally(() => draft.dispose());
    runs.leave();
  };
}
