import { Badge } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';
import type { CSSProperties } from 'react';
import type { Preview, StepPreviewView } from '../../../../shared/api/runs.ts';
import { itemPath, itemPathOf, nodeOf } from '../../../../shared/engine/address.ts';
import type { WorkflowGraph } from '../../../../shared/workflow/graph.ts';
import { t, translate } from '../../../i18n/t.ts';
import { catalogue } from '../../../nodes/catalogue.ts';
import { NodeIcon } from '../../../nodes/icons.ts';
import { groupColor } from '../../../ui/groups.ts';
import { Pager } from '../../../ui/Pager.tsx';
import { DataView } from '../data/DataView.tsx';

/** Step by step, what would happen. */
export function PreviewSteps({ preview, graph }: { preview: Preview; graph: WorkflowGraph }) {
  const byPath = useMemo(() => Map.groupBy(preview.steps, (step) => itemPathOf(step.nodeId)), [preview]);
  return (
    <div>
      <h3>{t('Step by step')}</h3>
      <Steps path="" view={{ preview, graph, byPath }} />
    </div>
  );
}

interface View {
  preview: Preview;
  graph: WorkflowGraph;
  /** Steps by the item that they run for. */
  byPath: ReadonlyMap<string, readonly StepPreviewView[]>;
}

function Steps({ path, view }: { path: string; view: View }) {
  return (
    <ol className="mw-preview-steps">
      {(view.byPath.get(path) ?? []).map((step) => (
        <Fragment key={step.nodeId}>
          <Step step={step} graph={view.graph} />
          <Items address={step.nodeId} view={view} />
        </Fragment>
      ))}
    </ol>
  );
}

/** What stands in a container, for one of its items at a time. */
function Items({ address, view }: { address: string; view: View }) {
  const [at, setAt] = useState(0);
  const loop = view.preview.loops.find((one) => one.nodeId === address);
  if (loop === undefined || loop.shown === 0) return null;
  return (
    <li className="mw-preview-items">
      <Pager of="item" at={Math.min(at, loop.shown - 1)} shown={loop.shown} total={loop.count} onChange={setAt} />
      {loop.shown < loop.count ? (
        <p className="mw-preview-rest">{t('The first {shown} are shown.', { shown: loop.shown })}</p>
      ) : null}
      <Steps path={itemPath(address, Math.min(at, loop.shown - 1))} view={view} />
    </li>
  );
}

function Step({ step, graph }: { step: StepPreviewView; graph: WorkflowGraph }) {
  const node = graph.nodes.find((one) => one.id === nodeOf(step.nodeId));
  const definition = node === undefined ? undefined : catalogue.get(node.kind);
  const prompt = promptOf(step);
  return (
    <li data-status={step.status} style={{ '--tint': groupColor(definition?.group) } as CSSProperties}>
      <span className="mw-kind-tile">
        <NodeIcon name={definition?.icon} group={definition?.group} size={16} />
      </span>
      <div className="mw-preview-step">
        <div className="mw-preview-step-head">
          <strong>{node?.title ?? step.nodeId}</strong>
          {step.status === 'skipped' ? <Badge color="gray">{t('skipped')}</Badge> : null}
          {step.status === 'error' ? <Badge color="red">{t('fails')}</Badge> : null}
          {step.generated ? <Badge color="iris">{t('generated')}</Badge> : null}
          {step.status === 'runs' && !step.exact && !step.generated ? (
            <Badge color="orange">{t('example')}</Badge>
          ) : null}
        </div>
        <p>{translate(step.error?.message ?? step.summary)}</p>
        {step.status === 'skipped' ? null : (
          <details>
            <summary>{t('Details')}</summary>
            {prompt === null ? null : <pre className="mw-json">{prompt}</pre>}
            <DataView value={step.output} note={t('Hands on')} />
          </details>
        )}
      </div>
    </li>
  );
}

function promptOf(step: StepPreviewView): string | null {
  const prompt = step.detail['prompt'] as { system?: string; prompt?: string } | undefined;
  if (prompt?.prompt === undefined) return null;
  return prompt.system ? `${prompt.system}\n\n${prompt.prompt}` : prompt.prompt;
}
