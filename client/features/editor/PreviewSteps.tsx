import { Badge } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Preview, StepPreviewView } from '../../../shared/api/runs.ts';
import type { WorkflowGraph } from '../../../shared/workflow/graph.ts';
import { catalogue } from '../../nodes/catalogue.ts';
import { NodeIcon } from '../../nodes/icons.ts';
import { groupColor } from '../../ui/groups.ts';
import { DataTree } from './DataTree.tsx';

/** Step by step, what would happen. */
export function PreviewSteps({ preview, graph }: { preview: Preview; graph: WorkflowGraph }) {
  return (
    <div>
      <h3>Step by step</h3>
      <ol className="mw-preview-steps">
        {preview.steps.map((step) => (
          <Step key={step.nodeId} step={step} graph={graph} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step, graph }: { step: StepPreviewView; graph: WorkflowGraph }) {
  const node = graph.nodes.find((one) => one.id === step.nodeId);
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
          {step.status === 'skipped' ? <Badge color="gray">skipped</Badge> : null}
          {step.status === 'error' ? <Badge color="red">fails</Badge> : null}
          {step.generated ? <Badge color="iris">generated</Badge> : null}
          {step.status === 'runs' && !step.exact && !step.generated ? <Badge color="orange">example</Badge> : null}
        </div>
        <p>{step.error?.message ?? step.summary}</p>
        {step.status === 'skipped' ? null : (
          <details>
            <summary>Details</summary>
            {prompt === null ? null : <pre className="mw-json">{prompt}</pre>}
            <DataTree value={step.output} note="Hands on" />
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
