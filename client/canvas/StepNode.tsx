import { plainSummary } from '../../shared/nodes/plain-summary.ts';
import { Handle, Position } from '@xyflow/react';
import type { NodeProps } from '@xyflow/react';
import { Copy, Ellipsis, Play, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { t } from '../i18n/t.ts';
import { NodeIcon } from '../nodes/icons.ts';
import { useEditor, useEditorStore } from '../stores/context.tsx';
import { updateNode } from '../stores/graph-edits.ts';
import { useCanvas } from './context.ts';
import { fallbackIn, looksSame } from './canvasNodes.ts';
import type { CanvasNode, StepData } from './canvasNodes.ts';
import { branchPorts, outputOffset, stepHeight } from './geometry.ts';
import { useStepLook } from './stepLook.ts';
import { StepStatus, useSecondLine } from './StepStatus.tsx';

/**
 * One step on the canvas. Plain HTML with one hairline and no blur: what a canvas costs is painted elements. Whatever changes during a run
 * comes from the run store, one selector per step, so that no node object is made anew.
 */
export const StepNode = memo(function StepNode({ id, data, selected }: NodeProps<CanvasNode>) {
  const { node, definition, direction } = data;
  const { far, problem, hovered, hover, attributes } = useStepLook(id, data, selected);
  const outputs = branchPorts(data.ports);
  return (
    <div
      {...attributes}
      {...hover}
      className="mw-step"
      style={{ ...attributes.style, height: stepHeight(direction, outputs.length) }}
      data-trigger={definition?.group === 'trigger' || undefined}
    >
      {far ? null : (
        <>
          {definition?.group === 'trigger' ? <span className="mw-step-tab">{t('Start')}</span> : null}
          <div className="mw-step-head">
            <span className="mw-step-tile">
              <NodeIcon name={definition?.icon} group={definition?.group} size={19} strokeWidth={1.9} />
            </span>
            <span className="mw-step-words">
              <Title id={id} title={node.title} />
              <SecondLine id={id} data={data} />
            </span>
            <StepStatus id={id} problem={problem} label={data.label} />
          </div>
          {direction === 'right' && outputs.length > 1
            ? outputs.map((port) => (
                <div key={port.id} className="mw-step-row">
                  {port.label || port.id}
                </div>
              ))
            : null}
          {hovered || selected ? (
            <Toolbar id={id} visible={hovered} runs={definition?.group !== 'trigger' && node.pinned === undefined} />
          ) : null}
        </>
      )}
      <Handles data={data} far={far} />
    </div>
  );
}, looksSame);

export function Title({ id, title }: { id: string; title: string }) {
  const store = useEditorStore();
  const renaming = useEditor((state) => state.renaming === id);
  if (!renaming) {
    return (
      <span className="mw-step-title" onDoubleClick={() => !store.getState().readOnly && store.getState().rename(id)}>
        {title}
      </span>
    );
  }
  const finish = (value: string) => {
    const { change, rename } = store.getState();
    rename(null);
    const next = value.trim().slice(0, 120);
    if (next !== '' && next !== title)
      change(t('Rename step'), (graph) => updateNode(graph, id, (node) => ({ ...node, title: next })));
  };
  return (
    <input
      className="mw-step-rename nodrag nopan nowheel"
      defaultValue={title}
      maxLength={120}
      aria-label={t('Title of the step')}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') store.getState().rename(null);
      }}
    />
  );
}

export function SecondLine({ id, data }: { id: string; data: StepData }) {
  const line = useSecondLine(id);
  if (line !== null) {
    return (
      <span className="mw-step-line" data-kind={line.kind}>
        {line.text}
      </span>
    );
  }
  const text = data.node.disabled ? t('Switched off') : summaryOf(data);
  return <span className="mw-step-line">{text}</span>;
}

function summaryOf({ node, definition }: StepData): string {
  if (definition === undefined) return t('Unknown kind “{kind}”', { kind: node.kind });
  const parsed = definition.config.safeParse(node.config);
  if (!parsed.success) return definition.texts.description;
  return plainSummary(definition.summary(parsed.data)) || definition.texts.description;
}

function Handles({ data, far }: { data: StepData; far: boolean }) {
  const { definition, direction, ports } = data;
  const down = direction === 'down';
  const outputs = branchPorts(ports);
  const connected = new Set(data.connected.split(','));
  const canFail = definition !== undefined && definition.group !== 'trigger';
  return (
    <>
      {(definition?.ports.in ?? fallbackIn).map((port) => (
        <Handle
          key={port.id}
          id={port.id}
          type="target"
          className="mw-handle"
          position={down ? Position.Top : Position.Left}
          style={down ? undefined : { top: 30 }}
        />
      ))}
      {outputs.map((port, index) => {
        const offset = outputOffset(direction, index, outputs.length);
        return (
          <Handle
            key={port.id}
            id={port.id}
            type="source"
            className="mw-handle"
            position={down ? Position.Bottom : Position.Right}
            style={offset}
          >
            {down && outputs.length > 1 && !far && !connected.has(port.id) ? (
              <span className="mw-port-label">{port.label || port.id}</span>
            ) : null}
          </Handle>
        );
      })}
      {canFail ? (
        <Handle
          id="error"
          type="source"
          className="mw-handle mw-handle-error"
          data-used={connected.has('error') || undefined}
          position={down ? Position.Right : Position.Bottom}
          title={t('When it fails')}
        />
      ) : null}
    </>
  );
}

export function Toolbar({ id, visible, runs }: { id: string; visible: boolean; runs: boolean }) {
  const { actions } = useCanvas();
  const readOnly = useEditor((state) => state.readOnly);
  const many = useEditor((state) => state.selected.size > 1);
  if (actions === null || readOnly || (many && !visible)) return null;
  return (
    <div className="mw-step-toolbar nodrag nopan" role="toolbar" aria-label={t('Step')}>
      {runs ? (
        <button
          type="button"
          title={t('Run this step')}
          aria-label={t('Run this step')}
          tabIndex={-1}
          onClick={() => actions.runStep(id)}
        >
          <Play size={15} />
        </button>
      ) : null}
      <button
        type="button"
        title={t('Duplicate (Ctrl D)')}
        aria-label={t('Duplicate')}
        tabIndex={-1}
        onClick={() => actions.duplicate(id)}
      >
        <Copy size={15} />
      </button>
      <button
        type="button"
        title={t('More')}
        aria-label={t('More')}
        tabIndex={-1}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          actions.openMenu(id, { x: box.left, y: box.bottom + 4 });
        }}
      >
        <Ellipsis size={15} />
      </button>
      <button
        type="button"
        title={t('Delete')}
        aria-label={t('Delete')}
        tabIndex={-1}
        data-danger
        onClick={() => actions.remove(id)}
      >
        <Trash2 size={15} />
      </button>
    </div>
  );
}
