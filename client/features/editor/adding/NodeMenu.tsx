import { Menu } from '@mantine/core';
import {
  ArrowDownToLine,
  ArrowUpFromLine,
  Cable,
  Copy,
  CornerDownRight,
  PencilLine,
  Pin,
  PinOff,
  Play,
  Plus,
  Power,
  Settings2,
  SquareArrowOutUpRight,
  SquareArrowRight,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import type { SectionMode } from '../../../../shared/workflow/run.ts';
import { outPortsOf } from '../../../../shared/nodes/contract.ts';
import { connectWithErrorPort } from '../../../canvas/connecting.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { connectionProblem } from '../../../stores/connections.ts';
import type { Ends } from '../../../stores/connections.ts';
import { usePanel, usePanels } from '../context.tsx';
import { entryProblem, isContainer } from '../../../stores/container-edits.ts';
import { pin, unpin } from '../testing/pinning.ts';
import { useOutputs } from '../testing/useOutputs.ts';
import { duplicate, putInto, removeStep, toggleDisabled } from '../edits.ts';

/** Everything that can be done with a step, also what else takes a drag: "Connect to…". */
export function NodeMenu() {
  const store = useEditorStore();
  const panels = usePanels();
  const menu = usePanel((state) => state.menu);
  const node = useEditor((state) => state.graph.nodes.find((one) => one.id === menu?.nodeId));
  const [connecting, setConnecting] = useState(false);
  if (menu === null || node === undefined) return null;
  const close = () => {
    panels.setState({ menu: null });
    setConnecting(false);
  };
  const { id } = node;
  const one = new Set([id]);
  return (
    <Menu opened onClose={close} position="bottom-start" width={230} trapFocus returnFocus closeOnItemClick={false}>
      <Menu.Target>
        <span className="mw-menu-anchor" style={{ left: menu.at.x, top: menu.at.y }} />
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {connecting ? (
          <Targets id={id} onDone={close} />
        ) : (
          <>
            <Item
              icon={<Settings2 size={15} />}
              label={t('Settings')}
              keys="Enter"
              run={() => store.getState().open(id)}
              close={close}
            />
            <Item
              icon={<PencilLine size={15} />}
              label={t('Rename')}
              keys="F2"
              run={() => store.getState().rename(id)}
              close={close}
            />
            <Item
              icon={<Copy size={15} />}
              label={t('Duplicate')}
              keys={t('Ctrl D')}
              run={() => duplicate(store, one)}
              close={close}
            />
            <Item
              icon={<Plus size={15} />}
              label={t('Add a step after it')}
              keys="N"
              run={() => panels.setState({ pick: { kind: 'after', nodeId: id, port: undefined, at: menu.at } })}
              close={close}
            />
            <TestItems node={node} close={close} />
            {isContainer(store.catalogue, node) ? (
              <Item
                icon={<CornerDownRight size={15} />}
                label={t('Add a step inside')}
                run={() => panels.setState({ pick: { kind: 'inside', container: id, at: menu.at } })}
                close={close}
              />
            ) : null}
            {node.parent === undefined ? null : (
              <Item
                icon={<SquareArrowOutUpRight size={15} />}
                label={t('Take out of the container')}
                run={() => putInto(store, one, null)}
                close={close}
              />
            )}
            <PutInto id={id} close={close} />
            <Menu.Item leftSection={<Cable size={15} />} onClick={() => setConnecting(true)}>
              {t('Connect to…')}
            </Menu.Item>
            <Item
              icon={<Power size={15} />}
              label={node.disabled ? t('Switch on') : t('Switch off')}
              keys="D"
              run={() => toggleDisabled(store, one)}
              close={close}
            />
            <Menu.Divider />
            <Item
              icon={<Trash2 size={15} />}
              label={t('Delete')}
              keys="Del"
              run={() => removeStep(store, id)}
              close={close}
              danger
            />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Running a part of the workflow, and pins. */
function TestItems({ node, close }: { node: WorkflowNode; close: () => void }) {
  const store = useEditorStore();
  const panels = usePanels();
  const outputOf = useOutputs();
  const { id, pinned } = node;
  const isTrigger = store.catalogue.get(node.kind)?.group === 'trigger';
  const test = (mode: SectionMode) => () => panels.setState({ test: { node: id, mode } });
  return (
    <>
      <Menu.Divider />
      {isTrigger || pinned !== undefined ? null : (
        <Item
          icon={<Play size={15} />}
          label={t('Run this step')}
          keys="Shift Enter"
          run={test('only')}
          close={close}
        />
      )}
      {isTrigger ? null : (
        <Item icon={<ArrowDownToLine size={15} />} label={t('Run up to here')} run={test('until')} close={close} />
      )}
      <Item icon={<ArrowUpFromLine size={15} />} label={t('Run from here')} run={test('from')} close={close} />
      <Item
        icon={pinned === undefined ? <Pin size={15} /> : <PinOff size={15} />}
        label={pinned === undefined ? t('Pin output') : t('Unpin output')}
        keys="P"
        run={() => (pinned === undefined ? pin(store, id, outputOf(id).pinned) : unpin(store, [id]))}
        close={close}
      />
      <Menu.Divider />
    </>
  );
}

function Item({
  icon,
  label,
  keys,
  run,
  close,
  danger = false,
}: {
  icon: React.ReactNode;
  label: string;
  keys?: string;
  run: () => unknown;
  close: () => void;
  danger?: boolean;
}) {
  return (
    <Menu.Item
      leftSection={icon}
      rightSection={keys === undefined ? null : <span className="mw-menu-keys">{keys}</span>}
      {...(danger ? { color: 'red' } : {})}
      onClick={() => {
        close();
        run();
      }}
    >
      {label}
    </Menu.Item>
  );
}

/** The containers that the step may be put into: what else takes a drag. */
function PutInto({ id, close }: { id: string; close: () => void }) {
  const store = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const own = graph.nodes.find((node) => node.id === id)?.parent;
  const choices = graph.nodes.filter(
    (node) =>
      isContainer(store.catalogue, node) &&
      node.id !== own &&
      entryProblem(graph, store.catalogue, id, node.id) === null,
  );
  return choices
    .slice(0, 12)
    .map((container) => (
      <Item
        key={container.id}
        icon={<SquareArrowRight size={15} />}
        label={t('Put into “{title}”', { title: container.title })}
        run={() => putInto(store, new Set([id]), container.id)}
        close={close}
      />
    ));
}

/** The steps that each output of this one may lead to. */
function Targets({ id, onDone }: { id: string; onDone: () => void }) {
  const store = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const node = graph.nodes.find((one) => one.id === id);
  const kind = node === undefined ? undefined : store.catalogue.get(node.kind);
  if (node === undefined || kind === undefined) return null;
  const outs = outPortsOf(kind, node.config, kind.group === 'trigger' ? undefined : 'port');
  const choices = outs.flatMap((port) =>
    graph.nodes
      .map((target) => ({
        port,
        target,
        ends: { source: id, sourcePort: port.id, target: target.id, targetPort: 'in' } satisfies Ends,
      }))
      .filter(({ ends, target }) => target.id !== id && connectionProblem(graph, store.catalogue, ends) === null),
  );
  if (choices.length === 0) return <Menu.Label>{t('No step fits')}</Menu.Label>;
  return (
    <>
      <Menu.Label>{t('Connect “{title}” to', { title: node.title })}</Menu.Label>
      {choices.slice(0, 60).map(({ port, target, ends }) => (
        <Menu.Item
          key={`${port.id}>${target.id}`}
          rightSection={outs.length > 1 ? <span className="mw-menu-keys">{port.label || port.id}</span> : null}
          onClick={() => {
            store.getState().change('Connect', (current) => connectWithErrorPort(current, ends));
            onDone();
          }}
        >
          {target.title}
        </Menu.Item>
      ))}
    </>
  );
}
