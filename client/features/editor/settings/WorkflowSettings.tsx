import { Button, Group, Modal, NumberInput, Stack, Switch } from '@mantine/core';
import { microPerCredit } from '../../../../shared/workflow/pricing.ts';
import type { WorkflowSettings as Settings } from '../../../../shared/workflow/settings.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { setSetting } from '../../../stores/graph-edits.ts';
import { usePanel, usePanels } from '../context.tsx';

const none: Settings = {};
/** What a ceiling starts with. */
const firstLimitMicro = 10 * microPerCredit;

/** What holds for every run of the workflow. Part of the draft: saved, undone and published with it. */
export function WorkflowSettings() {
  const panels = usePanels();
  const opened = usePanel((state) => state.settings);
  const close = () => panels.setState({ settings: false });
  return (
    <Modal opened={opened} onClose={close} title={t('Settings of the workflow')} centered>
      <Stack gap="lg">
        <CostLimit />
        <HoldMails />
        <Rollback />
        <Group justify="space-between">
          <Button variant="default" onClick={() => panels.setState({ settings: false, history: true })}>
            {t('History of versions')}
          </Button>
          <Button onClick={close}>{t('Close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function useSetting<K extends keyof Settings>(key: K) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const value = useEditor((state) => (state.graph.settings ?? none)[key]);
  const set = (next: Settings[K]) =>
    store
      .getState()
      .change(t('Change the settings of the workflow'), (graph) => setSetting(graph, key, next), `setting:${key}`);
  return { value, set, readOnly };
}

function HoldMails() {
  const { value, set, readOnly } = useSetting('holdMails');
  return (
    <Switch
      label={t('Hold mails until the run has succeeded')}
      description={t(
        'Mails are written while the run goes on and sent when all of it is done. When the run fails or is stopped, none is sent. Requests for approval go out at once.',
      )}
      checked={value === true}
      disabled={readOnly}
      onChange={(event) => set(event.currentTarget.checked ? true : undefined)}
    />
  );
}

function Rollback() {
  const { value, set, readOnly } = useSetting('onFailure');
  return (
    <Switch
      label={t('Undo what a failed run has done')}
      description={t(
        'Steps that say how to undo them (an HTTP request has it under “More”) are undone, the last one first. Mails that are out cannot be taken back: hold them.',
      )}
      checked={value === 'rollback'}
      disabled={readOnly}
      onChange={(event) => set(event.currentTarget.checked ? 'rollback' : undefined)}
    />
  );
}

function CostLimit() {
  const { value, set, readOnly } = useSetting('costLimitMicro');
  return (
    <Stack gap={8}>
      <Switch
        label={t('Ask before a run gets expensive')}
        description={t(
          'Before a step that may take the run past this, the run pauses and asks. Otherwise a run may spend what the workspace has.',
        )}
        checked={value !== undefined}
        disabled={readOnly}
        onChange={(event) => set(event.currentTarget.checked ? firstLimitMicro : undefined)}
      />
      {value === undefined ? null : (
        <NumberInput
          label={t('One run may spend (credits)')}
          min={0.000001}
          decimalScale={6}
          value={value / microPerCredit}
          readOnly={readOnly}
          onChange={(next) => {
            if (typeof next === 'number' && next > 0) set(Math.max(1, Math.round(next * microPerCredit)));
          }}
        />
      )}
    </Stack>
  );
}
