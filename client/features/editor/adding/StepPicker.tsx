import { TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { NodeDefinition } from '../../../../shared/nodes/contract.ts';
import { outPortsOf } from '../../../../shared/nodes/contract.ts';
import { t } from '../../../i18n/t.ts';
import { useEditorStore } from '../../../stores/context.tsx';
import type { EditorStore } from '../../../stores/editor.ts';
import { Drawer } from '../../../ui/Drawer.tsx';
import { usePanel, usePanels } from '../context.tsx';
import type { PickRequest } from '../context.tsx';
import { roomProblem } from '../edits.ts';
import { findKinds, KindList } from './KindList.tsx';

const size = { width: 280, height: 380 };

/** The small list of steps that opens at a connection, where a line was dropped, or on N: only what fits there. */
export function StepPicker({
  phone,
  onPick,
}: {
  phone: boolean;
  onPick: (kind: NodeDefinition, request: PickRequest) => void;
}) {
  const panels = usePanels();
  const request = usePanel((state) => state.pick);
  const close = () => panels.setState({ pick: null });
  const ref = useClickOutside<HTMLDivElement>(close);
  if (request === null) return null;
  const pick = (kind: NodeDefinition) => {
    close();
    onPick(kind, request);
  };
  if (phone) {
    return (
      <Drawer
        opened
        onClose={close}
        position="bottom"
        size="75%"
        title={t('Add a step')}
        radius="lg"
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <PickerSearch request={request} onPick={pick} onClose={close} />
      </Drawer>
    );
  }
  const left = Math.min(request.at.x, window.innerWidth - size.width - 12);
  const top = Math.min(request.at.y, window.innerHeight - size.height - 12);
  return (
    <div ref={ref} className="mw-picker" role="dialog" aria-label={t('Add a step')} style={{ left, top, ...size }}>
      <PickerSearch request={request} onPick={pick} onClose={close} />
    </div>
  );
}

function PickerSearch({
  request,
  onPick,
  onClose,
}: {
  request: PickRequest;
  onPick: (kind: NodeDefinition) => void;
  onClose: () => void;
}) {
  const store = useEditorStore();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const kinds = findKinds(search, (kind) => fits(store, request, kind));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((index) => (kinds.length === 0 ? 0 : (index + step + kinds.length) % kinds.length));
    }
    const chosen = kinds[active];
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      onPick(chosen);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="picker-list"
        aria-activedescendant={kinds[active] ? `picker-${kinds[active].kind}` : undefined}
        placeholder={t('Find a step')}
        aria-label={t('Find a step')}
        leftSection={<Search size={15} />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <KindList kinds={kinds} onPick={onPick} active={active} idPrefix="picker" />
    </>
  );
}

/** A step that follows another one needs an input of that output's type; in the middle of a connection it needs an output too. */
function fits(store: EditorStore, request: PickRequest, kind: NodeDefinition): boolean {
  if (request.kind === 'free') return true;
  const input = kind.ports.in[0];
  if (input === undefined) return false;
  if (request.kind === 'edge') {
    const parsed = kind.config.safeParse({});
    return parsed.success && outPortsOf(kind, parsed.data, undefined).length > 0;
  }
  if (request.kind === 'inside') return roomProblem(store, kind.kind, request.container) === null;
  const source = store.getState().graph.nodes.find((node) => node.id === request.nodeId);
  const definition = source === undefined ? undefined : store.catalogue.get(source.kind);
  if (source === undefined || definition === undefined) return false;
  const port = outPortsOf(definition, source.config, request.port === 'error' ? 'port' : source.onError).find(
    (one) => one.id === request.port,
  );
  return port === undefined || port.type === input.type;
}
