import { VisuallyHidden } from '@mantine/core';
import { Pin } from 'lucide-react';
import type { Group } from '../../../../shared/workflow/annotations.ts';
import { containersOf } from '../../../../shared/workflow/containers.ts';
import { plainSummary } from '../../../../shared/nodes/plain-summary.ts';
import { lazy, Suspense } from 'react';
import type { CSSProperties } from 'react';
import { countsInWords, StatusIcon, statusWords } from '../../../canvas/StepStatus.tsx';
import { t, translate } from '../../../i18n/t.ts';
import { NodeIcon } from '../../../nodes/icons.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { flowOrder } from '../../../stores/graph-edits.ts';
import { groupColor } from '../../../ui/groups.ts';
import { creditsInWords, formatDuration } from '../../../ui/format.ts';

const ListNotes = lazy(async () => ({ default: (await import('./ListNotes.tsx')).ListNotes }));

/** The workflow as a list in flow order: for screen readers, small screens, and whoever prefers to read. */
export function ListView({ onOpen }: { onOpen: (id: string) => void }) {
  const store = useEditorStore();
  const graph = useEditor((state) => state.graph);
  const opened = useEditor((state) => state.opened);
  const problems = useEditor((state) => state.problems);
  const steps = useRun((state) => state.steps);
  const running = useRun((state) => state.status !== null);
  const titles = new Map(graph.nodes.map((node) => [node.id, node.title]));
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const groups = new Map((graph.groups ?? []).flatMap((group) => group.members.map((id) => [id, group])));
  const outgoing = Map.groupBy(graph.edges, (edge) => edge.source);
  if (graph.nodes.length === 0 && graph.notes === undefined)
    return <p className="mw-list-empty">{t('There are no steps yet.')}</p>;
  return (
    <ol className="mw-list" aria-label={t('Steps in the order of the flow')}>
      {flowOrder(graph).map((node, index) => {
        const definition = store.catalogue.get(node.kind);
        const parsed = definition?.config.safeParse(node.config);
        const ways = outgoing.get(node.id) ?? [];
        const step = running ? steps[node.id] : undefined;
        const around = containersOf(byId, node.id);
        const problem = problems.find((one) => one.nodeId === node.id && one.severity === 'error');
        return (
          <li
            key={node.id}
            data-id={node.id}
            data-inside={around.length > 0 || undefined}
            style={{ '--tint': groupColor(definition?.group), '--depth': around.length } as CSSProperties}
          >
            <button type="button" aria-current={opened === node.id || undefined} onClick={() => onOpen(node.id)}>
              <span className="mw-list-number">{index + 1}</span>
              <span className="mw-kind-tile">
                <NodeIcon name={definition?.icon} group={definition?.group} size={17} />
              </span>
              <span className="mw-list-words">
                <strong>
                  {node.title}
                  {around[0] === undefined ? null : (
                    <VisuallyHidden> {t('inside {title}', { title: around[0].title })}</VisuallyHidden>
                  )}
                  {groups.has(node.id) ? (
                    <span className="mw-list-group">{groupInWords(groups.get(node.id)!)}</span>
                  ) : null}
                  {node.pinned === undefined ? null : (
                    <span className="mw-list-pin">
                      <Pin size={12} aria-hidden="true" /> {t('pinned')}
                    </span>
                  )}
                </strong>
                <span>
                  {(step?.error ? translate(step.error.message) : undefined) ??
                    (parsed?.success && definition
                      ? plainSummary(definition.summary(parsed.data))
                      : definition?.texts.description)}
                </span>
                {problem === undefined ? null : <span data-tone="attention">{problem.message}</span>}
                {ways.length === 0 ? null : (
                  <span>
                    {t('then {steps}', {
                      steps: ways
                        .map(
                          (edge) =>
                            `${edge.sourcePort === 'out' ? '' : `${edge.sourcePort}: `}${titles.get(edge.target) ?? edge.target}`,
                        )
                        .join(', '),
                    })}
                  </span>
                )}
              </span>
              {step === undefined ? null : (
                <span className="mw-list-status">
                  {step.items !== undefined
                    ? countsInWords(step.items)
                    : step.ms === undefined
                      ? statusWords[step.status]
                      : formatDuration(step.ms)}
                  {step.costMicro > 0 ? ` · ${creditsInWords(step.costMicro)}` : ''}
                  <StatusIcon status={step.status} />
                </span>
              )}
            </button>
          </li>
        );
      })}
      {graph.notes === undefined ? null : (
        <Suspense>
          <ListNotes notes={graph.notes} />
        </Suspense>
      )}
    </ol>
  );
}

/** On the canvas its steps may be hidden in one box; the list shows all of them, and says so. */
function groupInWords({ title, collapsed }: Group): string {
  return collapsed ? t('in “{group}”, which is collapsed', { group: title }) : t('in “{group}”', { group: title });
}
