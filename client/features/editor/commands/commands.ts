import { useReactFlow } from '@xyflow/react';
import { useFitView } from '../../../canvas/fit.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { reachable } from '../../../stores/graph-edits.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import { useCommands } from '../../../ui/hotkeys.ts';
import type { Command } from '../../../ui/hotkeys.ts';
import { toastDone, toastProblem } from '../../../ui/toast.ts';
import { failureOf } from '../../../api/errors.ts';
import { setPaletteOpen, usePanels, useSession } from '../context.tsx';
import { useClipboard } from './clipboard-events.ts';
import { duplicate, nudge, removeSelected, toggleDisabled, turn } from '../edits.ts';
import { lazily } from '../lazily.ts';
import type { useRunning } from '../run/running.ts';
import { isUnderWay } from '../bars/Toolbar.tsx';
import type * as Walking from './walking.ts';
import { wholeCommands } from './whole-commands.ts';

const walking = (run: (part: typeof Walking) => void) => lazily(() => import('./walking.ts'), run);
const group = t('Workflow');
const canvas = t('Canvas');

/** The keyboard map of the editor; the `?` sheet and the palette list it by themselves. */
export function useEditorCommands(running: ReturnType<typeof useRunning>): void {
  const store = useEditorStore();
  const session = useSession();
  const panels = usePanels();
  const readOnly = useEditor((state) => state.readOnly);
  const hasSelection = useEditor((state) => state.selected.size > 0 || state.selectedEdges.size > 0);
  const hasStep = useEditor(({ selected: ids }) => ids.size === 1 && ![...ids][0]!.includes(':'));
  const status = useRun((state) => state.status);
  const flow = useReactFlow();
  const fit = useFitView();
  const edit = !readOnly;
  const centre = () => {
    const stage = document.querySelector('.mw-stage')?.getBoundingClientRect();
    const { left = 0, top = 0, width = window.innerWidth, height = window.innerHeight } = stage ?? {};
    return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
  };
  const selected = () => store.getState().selected;
  const only = () => (selected().size === 1 ? [...selected()][0] : undefined);
  const onlyStep = () => store.getState().graph.nodes.find(({ id }) => id === only())?.id;
  const add = () => {
    const id = onlyStep();
    const step = document.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
    const at = step ? { x: step.right + 12, y: Math.max(72, step.top) } : { x: window.innerWidth / 2 - 140, y: 160 };
    panels.setState({
      pick: id === undefined ? { kind: 'free', at } : { kind: 'after', nodeId: id, port: undefined, at },
    });
  };
  const onStep = (run: (id: string) => void) => () => {
    const id = only();
    if (id !== undefined) run(id);
  };
  useClipboard(store, centre);
  // Copy, cut and paste are the browser's own events (no permission asked); they are listed here for the sheet.
  const commands: Command[] = [
    {
      id: 'editor.run',
      group,
      label: isUnderWay(status) ? t('Stop the run') : t('Run'),
      keys: ['mod+enter'],
      enabled: edit,
      run: () => (isUnderWay(status) ? running.stop() : running.run()),
    },
    { id: 'editor.preview', group, label: t('Preview'), enabled: edit, run: () => panels.setState({ preview: true }) },
    {
      id: 'editor.save',
      group,
      label: t('Save now'),
      keys: ['mod+s'],
      enabled: edit,
      run: () =>
        void session.saved().then(
          (at) => (at === null ? undefined : toastDone(t('Saved'))),
          (error: unknown) => toastProblem(t('It could not be saved'), failureOf(error).message),
        ),
    },
    {
      id: 'editor.undo',
      group,
      label: t('Undo'),
      keys: ['mod+z'],
      inFields: false,
      enabled: edit,
      run: () => void store.getState().undo(),
    },
    {
      id: 'editor.redo',
      group,
      label: t('Redo'),
      keys: ['mod+shift+z', 'mod+y'],
      inFields: false,
      enabled: edit,
      run: () => void store.getState().redo(),
    },
    {
      id: 'editor.add',
      group: canvas,
      label: t('Add a step'),
      keys: ['n', '/'],
      enabled: edit,
      run: add,
    },
    {
      id: 'editor.append',
      group: canvas,
      label: t('Add the next step behind the chosen one'),
      keys: ['tab'],
      // A step that the focus came to by Tab lets it go on: nobody is held on the canvas.
      on: 'body, .react-flow__node:not([data-reached])',
      palette: false,
      enabled: edit && hasStep,
      run: add,
    },
    {
      id: 'editor.open',
      group: canvas,
      label: t('Open the settings'),
      keys: ['enter'],
      palette: false,
      enabled: hasSelection,
      run: onStep((id) => {
        store.getState().open(id);
        // From here, Tab is the way to the settings.
        document.activeElement?.closest('.react-flow__node')?.setAttribute('data-reached', '');
      }),
    },
    {
      id: 'editor.rename',
      group: canvas,
      label: t('Rename the step'),
      keys: ['f2'],
      enabled: edit && hasSelection,
      run: onStep((id) => store.getState().rename(id)),
    },
    {
      id: 'editor.copy',
      group: canvas,
      label: t('Copy'),
      keys: ['mod+c'],
      palette: false,
      enabled: false,
      run: () => {},
    },
    {
      id: 'editor.cut',
      group: canvas,
      label: t('Cut'),
      keys: ['mod+x'],
      palette: false,
      enabled: false,
      run: () => {},
    },
    {
      id: 'editor.paste',
      group: canvas,
      label: t('Paste'),
      keys: ['mod+v'],
      palette: false,
      enabled: false,
      run: () => {},
    },
    {
      id: 'editor.duplicate',
      group: canvas,
      label: t('Duplicate'),
      keys: ['mod+d'],
      inFields: false,
      enabled: edit && hasSelection,
      run: () => duplicate(store, selected()),
    },
    {
      id: 'editor.delete',
      group: canvas,
      label: t('Delete, closing the gap'),
      keys: ['delete', 'backspace'],
      enabled: edit && hasSelection,
      run: () => removeSelected(store),
    },
    {
      id: 'editor.disable',
      group: canvas,
      label: t('Switch the step off or on'),
      keys: ['d'],
      enabled: edit && hasSelection,
      run: () => toggleDisabled(store, selected()),
    },
    {
      id: 'editor.all',
      group: canvas,
      label: t('Select everything'),
      keys: ['mod+a'],
      inFields: false,
      run: () => {
        const { graph, select } = store.getState();
        // A collapsed group is dragged by its box.
        const folded = (graph.groups ?? []).filter(({ collapsed }) => collapsed);
        const all = [...graph.nodes, ...(graph.notes ?? []), ...folded];
        select(
          all.map(({ id }) => id),
          graph.edges.map((edge) => edge.id),
        );
      },
    },
    {
      id: 'editor.next',
      group: canvas,
      label: t('Select the next, previous or neighbouring step'),
      keys: ['arrowdown', 'arrowup', 'arrowleft', 'arrowright'],
      palette: false,
      run: (event) => event && walking((part) => part.walk(store, event.key)),
    },
    {
      id: 'editor.before',
      group: canvas,
      label: t('Select everything before'),
      keys: ['shift+arrowleft', 'shift+arrowup'],
      palette: false,
      run: onStep((id) => store.getState().select(reachable(store.getState().graph, id, true))),
    },
    {
      id: 'editor.after',
      group: canvas,
      label: t('Select everything after'),
      keys: ['shift+arrowright', 'shift+arrowdown'],
      palette: false,
      run: onStep((id) => store.getState().select(reachable(store.getState().graph, id))),
    },
    {
      id: 'editor.nudge',
      group: canvas,
      label: t('Move the selection'),
      keys: ['alt+arrowleft', 'alt+arrowright', 'alt+arrowup', 'alt+arrowdown'],
      palette: false,
      enabled: edit && hasSelection,
      run: (event) => event && nudge(store, nudges[event.key] ?? { x: 0, y: 0 }),
    },
    ...wholeCommands({ store, panels, centre, edit, hasSelection }),
    {
      id: 'editor.turn',
      group: canvas,
      label: t('Change the direction of the flow'),
      enabled: edit,
      run: () => turn(store),
    },
    { id: 'editor.fit', group: canvas, label: t('Show everything'), keys: ['1'], run: () => fit() },
    {
      id: 'editor.full',
      group: canvas,
      label: t('Zoom to 100 %'),
      keys: ['0'],
      run: () => void flow.zoomTo(1, { duration: 160 }),
    },
    {
      id: 'editor.in',
      group: canvas,
      label: t('Zoom in'),
      keys: ['+', '='],
      run: () => void flow.zoomIn({ duration: 120 }),
    },
    {
      id: 'editor.out',
      group: canvas,
      label: t('Zoom out'),
      keys: ['-'],
      run: () => void flow.zoomOut({ duration: 120 }),
    },
    {
      id: 'editor.log',
      group,
      label: t('Run log'),
      keys: ['l'],
      enabled: status !== null,
      run: () => panels.setState((state) => ({ log: !state.log })),
    },
    {
      id: 'editor.input',
      group: canvas,
      label: t('Input of the step'),
      keys: ['i'],
      enabled: hasSelection,
      run: onStep((id) => (panels.setState({ tab: 'input' }), store.getState().open(id))),
    },
    {
      id: 'editor.output',
      group: canvas,
      label: t('Output of the step'),
      keys: ['o'],
      enabled: hasSelection,
      run: onStep((id) => (panels.setState({ tab: 'output' }), store.getState().open(id))),
    },
    {
      id: 'editor.list',
      group,
      label: t('Show as a list or as a canvas'),
      run: () => panels.setState((state) => ({ list: !state.list })),
    },
    {
      id: 'editor.history',
      group,
      label: t('History of versions'),
      keywords: ['restore', 'compare'],
      run: () => panels.setState({ history: true }),
    },
    {
      id: 'editor.palette',
      group,
      label: t('Open or close the list of steps'),
      enabled: edit,
      run: () => setPaletteOpen(panels, !panels.getState().palette),
    },
    {
      id: 'editor.escape',
      group: canvas,
      label: t('Close the topmost thing, then deselect'),
      keys: ['escape'],
      palette: false,
      run: () => closeTopmost(store, panels),
    },
  ];
  useCommands(commands);
}

const nudges: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -8, y: 0 },
  ArrowRight: { x: 8, y: 0 },
  ArrowUp: { x: 0, y: -8 },
  ArrowDown: { x: 0, y: 8 },
};

function closeTopmost(store: EditorStore, panels: ReturnType<typeof usePanels>): void {
  const { pick, menu, find } = panels.getState();
  const { opened, open, select } = store.getState();
  if (pick !== null || menu !== null) panels.setState({ pick: null, menu: null });
  else if (find) panels.setState({ find: false });
  else if (opened !== null) open(null);
  else select([]);
}
