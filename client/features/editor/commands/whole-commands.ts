import { t } from '../../../i18n/t.ts';
import type { EditorStore } from '../../../stores/editor.ts';
import type { Point } from '../../../stores/graph-edits.ts';
import type { Command } from '../../../ui/hotkeys.ts';
import type * as Arranging from './arranging.ts';
import type { usePanels } from '../context.tsx';
import { tidy } from '../edits.ts';
import { lazily } from '../lazily.ts';

const group = t('Canvas');

const arranging = (run: (part: typeof Arranging) => void) => lazily(() => import('./arranging.ts'), run);

/** What is done with the canvas and the selection as a whole: notes, groups, the search, the layout. */
export function wholeCommands({
  store,
  panels,
  centre,
  edit,
  hasSelection,
}: {
  store: EditorStore;
  panels: ReturnType<typeof usePanels>;
  /** Of what is seen, in canvas coordinates. */
  centre: () => Point;
  edit: boolean;
  hasSelection: boolean;
}): Command[] {
  return [
    {
      id: 'editor.find',
      group,
      label: t('Find on the canvas'),
      keys: ['mod+f'],
      inFields: false,
      run: () => panels.setState((state) => ({ find: true, findAsked: state.findAsked + 1 })),
    },
    {
      id: 'editor.note',
      group,
      label: t('Add a sticky note'),
      keys: ['shift+s'],
      enabled: edit,
      run: () => arranging((part) => part.putNote(store, centre())),
    },
    {
      id: 'editor.group',
      group,
      label: t('Group the selection'),
      keys: ['mod+g'],
      inFields: false,
      enabled: edit && hasSelection,
      run: () => arranging((part) => part.groupSelected(store)),
    },
    {
      id: 'editor.ungroup',
      group,
      label: t('Ungroup'),
      keys: ['mod+shift+g'],
      inFields: false,
      enabled: edit && hasSelection,
      run: () => arranging((part) => part.ungroupSelected(store)),
    },
    {
      id: 'editor.fold',
      group,
      label: t('Collapse or open the group'),
      keys: ['c'],
      enabled: edit && hasSelection,
      run: () => arranging((part) => part.foldSelected(store)),
    },
    {
      id: 'editor.tidy',
      group,
      label: t('Tidy up, or only what is selected'),
      keys: ['shift+l'],
      enabled: edit,
      run: () => (store.getState().selected.size > 1 ? arranging((part) => part.tidySelected(store)) : tidy(store)),
    },
    {
      id: 'editor.pan',
      group,
      label: t('Move the view'),
      keys: ['space+drag', 'middle+drag'],
      palette: false,
      enabled: false,
      run: () => undefined,
    },
    {
      id: 'editor.box',
      group,
      label: t('Select with a box'),
      keys: ['drag', 'shift+drag'],
      palette: false,
      enabled: false,
      run: () => undefined,
    },
  ];
}
