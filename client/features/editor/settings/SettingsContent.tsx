import { ActionIcon, Drawer, SegmentedControl, Tabs, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { NodeDefinition } from '../../../../shared/nodes/contract.ts';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import { query } from '../../../api/client.ts';
import { t } from '../../../i18n/t.ts';
import { insertion, pathType } from '../../../nodes/expression/insertion.ts';
import { NodeForm } from '../../../nodes/form/NodeForm.tsx';
import { fieldsOf } from '../../../nodes/form/schema.ts';
import { NodeIcon } from '../../../nodes/icons.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { updateNode } from '../../../stores/graph-edits.ts';
import { groupColor } from '../../../ui/groups.ts';
import { usePanel, usePanels } from '../context.tsx';
import type { PanelState } from '../context.tsx';
import { setConfig } from '../edits.ts';
import { FailureSettings } from './FailureSettings.tsx';
import { ItemPicker } from '../run/ItemPicker.tsx';
import { LimitSettings } from './LimitSettings.tsx';
import { besideWidth, Resizable, useBeside, type Beside } from './PanelFrame.tsx';
import { SheetGrip } from '../SheetGrip.tsx';
import { StepInput, StepOutput, useUpstream } from '../data/StepData.tsx';
import { StepLog } from '../run/StepLog.tsx';
import { StepActions } from '../testing/StepActions.tsx';
import { TriggerAddress } from './TriggerAddress.tsx';

type StepAction = ((node: string) => ReactNode) | undefined;

/**
 * The settings of one step beside the canvas; on a phone a sheet from below. Never a modal on a desktop. `action` is put under the step's
 * title.
 */
export function SettingsContent({ phone, action }: { phone: boolean; action?: StepAction }) {
  const store = useEditorStore();
  const opened = useEditor((state) => state.opened);
  const node = useEditor((state) => state.graph.nodes.find((one) => one.id === opened));
  const close = () => store.getState().open(null);
  const beside = useBeside(phone);
  if (phone) {
    return (
      <Drawer
        opened={node !== undefined}
        onClose={close}
        position="bottom"
        size="75%"
        radius="lg"
        withCloseButton={false}
        padding={0}
        attributes={{ content: { 'aria-label': t('Settings of the step') } }}
      >
        <SheetGrip onClose={close} />
        {node === undefined ? null : (
          <Content key={node.id} node={node} action={action} beside={null} onClose={close} />
        )}
      </Drawer>
    );
  }
  if (node === undefined) return null;
  return (
    <Resizable extra={beside?.shown === true ? besideWidth : 0}>
      <Content key={node.id} node={node} action={action} beside={beside} onClose={close} />
    </Resizable>
  );
}

interface ContentProps {
  node: WorkflowNode;
  action: StepAction;
  beside: Beside | null;
  onClose: () => void;
}

function Content({ node, action, beside, onClose }: ContentProps) {
  const store = useEditorStore();
  const definition = store.catalogue.get(node.kind);
  const panels = usePanels();
  const tab = usePanel((state) => state.tab);
  const hasRun = useRun((state) => state.steps[node.id] !== undefined);
  const dragging = useStore(insertion, (state) => state.dragging);
  const isTrigger = definition?.group === 'trigger';
  const shown = (tab === 'input' && isTrigger) || (tab === 'log' && !hasRun) ? 'settings' : tab;
  const tabs = (
    <Tabs
      className="mw-panel-tabs"
      value={shown}
      keepMounted={false}
      keepMountedMode="display-none"
      onChange={(next) => panels.setState({ tab: (next ?? 'settings') as PanelState['tab'] })}
    >
      <Tabs.List>
        {/* A field of data that is dragged here opens the settings under it. */}
        <Tabs.Tab
          value="settings"
          onDragEnter={(event) => event.dataTransfer.types.includes(pathType) && panels.setState({ tab: 'settings' })}
        >
          {t('Settings')}
        </Tabs.Tab>
        {isTrigger ? null : <Tabs.Tab value="input">{t('Input')}</Tabs.Tab>}
        <Tabs.Tab value="output">{t('Output')}</Tabs.Tab>
        {hasRun ? <Tabs.Tab value="log">{t('Log')}</Tabs.Tab> : null}
      </Tabs.List>
      {/* Kept while the data is looked at, so that a field of it can be put where the caret was. */}
      <Tabs.Panel value="settings" className="mw-panel-body" keepMounted>
        <StepProblems id={node.id} />
        {isTrigger ? <TriggerAddress id={node.id} /> : null}
        {definition === undefined ? (
          <Text>
            {t('This kind of step is not known here: {kind}. It can be moved and deleted; its settings are kept.', {
              kind: node.kind,
            })}
          </Text>
        ) : (
          <Settings node={node} definition={definition} />
        )}
        {isTrigger ? null : <FailureSettings node={node} />}
        {isTrigger || definition?.container === true ? null : <LimitSettings node={node} />}
      </Tabs.Panel>
      {/* What is dragged stays on the page until it is dropped. */}
      <Tabs.Panel value="input" className="mw-panel-body" keepMounted={dragging}>
        <StepInput node={node} />
      </Tabs.Panel>
      <Tabs.Panel value="output" className="mw-panel-body">
        <StepOutput node={node} />
      </Tabs.Panel>
      <Tabs.Panel value="log" className="mw-panel-body">
        <StepLog id={node.id} />
      </Tabs.Panel>
    </Tabs>
  );
  return (
    <>
      <Head node={node} definition={definition} onClose={onClose} />
      {action?.(node.id)}
      <StepActions node={node} beside={beside} />
      <ItemPicker id={node.id} />
      {beside?.shown === true ? (
        <div className="mw-panel-columns">
          <section aria-label={t('Data of the step')}>
            <BesideData node={node} isTrigger={isTrigger} />
          </section>
          {tabs}
        </div>
      ) : (
        tabs
      )}
    </>
  );
}

/** Input and output of the step, while its settings stand beside them. */
function BesideData({ node, isTrigger }: { node: WorkflowNode; isTrigger: boolean }) {
  const [side, setSide] = useState<'input' | 'output'>('input');
  const isInput = side === 'input' && !isTrigger;
  return (
    <>
      {isTrigger ? null : (
        <SegmentedControl
          fullWidth
          size="xs"
          mb={10}
          aria-label={t('Which data is shown')}
          value={side}
          onChange={(next) => setSide(next === 'output' ? 'output' : 'input')}
          data={[
            { value: 'input', label: t('Input') },
            { value: 'output', label: t('Output') },
          ]}
        />
      )}
      {isInput ? <StepInput node={node} /> : <StepOutput node={node} />}
    </>
  );
}

function Head({
  node,
  definition,
  onClose,
}: {
  node: WorkflowNode;
  definition: NodeDefinition | undefined;
  onClose: () => void;
}) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <div className="mw-panel-head" style={{ '--tint': groupColor(definition?.group) } as CSSProperties}>
      <span className="mw-kind-tile">
        <NodeIcon name={definition?.icon} group={definition?.group} size={18} strokeWidth={1.9} />
      </span>
      <div className="mw-panel-title">
        <TextInput
          variant="unstyled"
          aria-label={t('Title of the step')}
          maxLength={120}
          classNames={{ input: 'mw-panel-name' }}
          value={node.title}
          readOnly={readOnly}
          onChange={(event) => {
            const title = event.currentTarget.value;
            store
              .getState()
              .change(
                t('Rename step'),
                (graph) => updateNode(graph, node.id, (one) => ({ ...one, title })),
                `title:${node.id}`,
              );
          }}
        />
        <Text size="xs" c="dimmed" truncate>
          {definition?.texts.title ?? node.kind} · <code>{node.id}</code>
        </Text>
      </div>
      <ActionIcon size={34} aria-label={t('Close the settings')} onClick={onClose}>
        <X size={18} />
      </ActionIcon>
    </div>
  );
}

function Settings({ node, definition }: { node: WorkflowNode; definition: NodeDefinition }) {
  const store = useEditorStore();
  const problems = useEditor((state) => state.problems);
  const readOnly = useEditor((state) => state.readOnly);
  const focusField = useEditor((state) => state.focusField);
  const providers = useQuery(query.compose.providers.queryOptions());
  const namesWorkflow = Object.values(fieldsOf(definition)).some((field) => field.widget === 'workflow');
  const workflows = useQuery(query.workflows.list.queryOptions({ input: { limit: 100 }, enabled: namesWorkflow }));
  const upstream = useUpstream(node.id);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focusField === null) return;
    const field = form.current?.querySelector(`[data-field="${CSS.escape(focusField)}"]`);
    field?.scrollIntoView({ block: 'center' });
  }, [focusField]);
  const own = useMemo(() => problems.filter((one) => one.nodeId === node.id), [problems, node.id]);
  return (
    <div ref={form}>
      <NodeForm
        definition={definition}
        context={{
          config: node.config,
          problems: own,
          providers: providers.data?.items ?? [],
          workflows: workflows.data?.items ?? [],
          readOnly,
          focusField,
          ...upstream,
        }}
        onChange={(field, value) => setConfig(store, node.id, { [field]: value })}
        onChangeAll={(fields) => setConfig(store, node.id, fields)}
      />
    </div>
  );
}

function StepProblems({ id }: { id: string }) {
  const problems = useEditor((state) => state.problems);
  const loose = problems.filter((one) => one.nodeId === id && one.field === undefined);
  if (loose.length === 0) return null;
  return (
    <ul className="mw-step-problems">
      {loose.map((one) => (
        <li key={one.message} data-severity={one.severity}>
          {one.message}
        </li>
      ))}
    </ul>
  );
}
