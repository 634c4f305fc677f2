import { itemsOnTheWay, nodeOf } from '../../../../shared/engine/address.ts';
import { useEditorStore } from '../../../stores/context.tsx';
import { usePanels } from '../context.tsx';

/** Opens the step at an address, for the item that it ran for. On a run that is what it put out. */
export function useShowStep(): (address: string) => void {
  const store = useEditorStore();
  const panels = usePanels();
  return (address) => {
    const items = Object.fromEntries(itemsOnTheWay(address).map(({ container, index }) => [container, index]));
    const { readOnly } = store.getState();
    panels.setState((state) => ({
      items: { ...state.items, ...items },
      ...(readOnly && state.tab === 'settings' ? { tab: 'output' as const } : {}),
    }));
    store.getState().open(nodeOf(address));
  };
}
