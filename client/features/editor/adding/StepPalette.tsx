import { ActionIcon, TextInput } from '@mantine/core';
import { PanelLeftClose, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { NodeDefinition } from '../../../../shared/nodes/contract.ts';
import { t } from '../../../i18n/t.ts';
import { Drawer } from '../../../ui/Drawer.tsx';
import { setPaletteOpen, usePanel, usePanels } from '../context.tsx';
import { findKinds, KindList } from './KindList.tsx';
import { SheetGrip } from '../SheetGrip.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';

const PhoneNote = lazy(async () => ({ default: (await import('./PhoneNote.tsx')).PhoneNote }));

interface StepPaletteProps {
  phone: boolean;
  onAdd: (kind: NodeDefinition) => void;
}

/** All kinds of steps: dragged onto the canvas, or added behind the selection by a click or Enter. On a phone a bottom sheet. */
export function StepPalette({ phone, onAdd }: StepPaletteProps) {
  const panels = usePanels();
  const open = usePanel((state) => state.palette);
  if (phone) {
    return (
      <Drawer
        opened={open}
        onClose={() => panels.setState({ palette: false })}
        position="bottom"
        size="75%"
        attributes={{ content: { 'aria-label': t('Add a step') } }}
        withCloseButton={false}
        padding={0}
        radius="lg"
      >
        <SheetGrip onClose={() => panels.setState({ palette: false })} />
        <Suspense>
          <PhoneNote />
        </Suspense>
        <Content
          onAdd={(kind) => {
            panels.setState({ palette: false });
            onAdd(kind);
          }}
        />
      </Drawer>
    );
  }
  if (!open) return null;
  return (
    <aside className="mw-palette" aria-label={t('Steps to add')}>
      <Content onAdd={onAdd} draggable onClose={() => setPaletteOpen(panels, false)} />
    </aside>
  );
}

function Content({
  onAdd,
  draggable = false,
  onClose,
}: {
  onAdd: (kind: NodeDefinition) => void;
  draggable?: boolean;
  onClose?: () => void;
}) {
  const [search, setSearch] = useState('');
  const kinds = findKinds(search);
  return (
    <>
      <div className="mw-palette-head">
        <TextInput
          flex={1}
          placeholder={t('Find a step')}
          aria-label={t('Find a step')}
          leftSection={<Search size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const first = kinds[0];
            if (event.key === 'Enter' && search !== '' && first !== undefined) {
              onAdd(first);
              setSearch('');
            }
          }}
        />
        {onClose ? (
          <Tooltip label={t('Close the list of steps')}>
            <ActionIcon size={34} aria-label={t('Close the list of steps')} onClick={onClose}>
              <PanelLeftClose size={17} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </div>
      <KindList kinds={kinds} onPick={onAdd} draggable={draggable} idPrefix="palette" />
    </>
  );
}
