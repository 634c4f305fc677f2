import { ActionIcon, Button, Menu } from '@mantine/core';
import { ArrowDownToLine, ArrowUpFromLine, ChevronDown, Columns2, Pin, PinOff, Play } from 'lucide-react';
import type { WorkflowNode } from '../../../../shared/workflow/graph.ts';
import type { SectionMode } from '../../../../shared/workflow/run.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore, useRun } from '../../../stores/context.tsx';
import { usePanels } from '../context.tsx';
import { isUnderWay } from '../bars/Toolbar.tsx';
import { pin, unpin } from './pinning.ts';
import { useOutputs } from './useOutputs.ts';
import { TestMail } from './TestMail.tsx';
import { standsOnInWords } from './words.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';

/** Under the title of a step: run it, up to it or from it on, pin what it puts out, and see its data beside the settings. */
export function StepActions({
  node,
  beside,
}: {
  node: WorkflowNode;
  beside: { shown: boolean; toggle(): void } | null;
}) {
  const store = useEditorStore();
  const panels = usePanels();
  const readOnly = useEditor((state) => state.readOnly);
  const status = useRun((state) => state.status);
  const outputOf = useOutputs();
  if (readOnly) return null;
  const definition = store.catalogue.get(node.kind);
  const isTrigger = definition?.group === 'trigger';
  const isPinned = node.pinned !== undefined;
  const test = (mode: SectionMode) => panels.setState({ test: { node: node.id, mode } });
  const main: SectionMode = isTrigger || isPinned ? 'from' : 'only';
  const pinLabel = isPinned ? t('Unpin the output (P)') : t('Pin the output (P)');
  return (
    <div className="mw-step-actions" role="group" aria-label={t('Test this step')}>
      <Button.Group>
        <Button
          size="xs"
          variant="light"
          leftSection={<Play size={13} fill="currentColor" />}
          disabled={isUnderWay(status)}
          onClick={() => test(main)}
        >
          {main === 'only' ? t('Run this step') : t('Run from here')}
        </Button>
        <Menu position="bottom-end" trapFocus returnFocus>
          <Menu.Target>
            <Button size="xs" px={8} variant="light" aria-label={t('More ways to run')} disabled={isUnderWay(status)}>
              <ChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={main !== 'only'} leftSection={<Play size={15} />} onClick={() => test('only')}>
              {t('Run this step')}
            </Menu.Item>
            <Menu.Item disabled={isTrigger} leftSection={<ArrowDownToLine size={15} />} onClick={() => test('until')}>
              {t('Run up to here')}
            </Menu.Item>
            <Menu.Item leftSection={<ArrowUpFromLine size={15} />} onClick={() => test('from')}>
              {t('Run from here')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      <Tooltip label={pinLabel}>
        <ActionIcon
          size={30}
          variant={isPinned ? 'light' : 'default'}
          aria-label={pinLabel}
          aria-pressed={isPinned}
          onClick={() => (isPinned ? unpin(store, [node.id]) : pin(store, node.id, outputOf(node.id).pinned))}
        >
          {isPinned ? <PinOff size={15} /> : <Pin size={15} />}
        </ActionIcon>
      </Tooltip>
      {beside === null ? null : (
        <Tooltip label={t('Data beside the settings')}>
          <ActionIcon
            size={30}
            variant={beside.shown ? 'light' : 'default'}
            aria-label={t('Data beside the settings')}
            aria-pressed={beside.shown}
            onClick={beside.toggle}
          >
            <Columns2 size={15} />
          </ActionIcon>
        </Tooltip>
      )}
      {definition?.group === 'email' ? <TestMail node={node} /> : null}
      <StandsOn id={node.id} />
    </div>
  );
}

/** What the test of this step on the canvas stood on. */
function StandsOn({ id }: { id: string }) {
  const graph = useEditor((state) => state.graph);
  const first = useRun((state) => state.events[0]);
  const section = first?.type === 'run.started' ? first.section : undefined;
  if (section?.node !== id) return null;
  const words = standsOnInWords(section, graph);
  return words === '' ? null : <p className="mw-step-actions-note">{words}</p>;
}
