import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { t } from '../i18n/t.ts';
import { keyNames, useCommandList } from '../ui/hotkeys.ts';
import type { Command } from '../ui/hotkeys.ts';

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <Group gap={6} wrap="nowrap">
      {keys.map((combination, index) => (
        <Group key={combination} gap={3} wrap="nowrap">
          {index > 0 ? (
            <Text span size="sm" c="dimmed" mr={3}>
              {t('or')}
            </Text>
          ) : null}
          {keyNames(combination).map((name) => (
            <Kbd key={name} size="xs">
              {name}
            </Kbd>
          ))}
        </Group>
      ))}
    </Group>
  );
}

/** Every key that does something on this page, from the one registry. */
export function ShortcutDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const commands = useCommandList();
  const groups = Map.groupBy(
    commands.filter((command) => command.keys?.length),
    (command: Command) => command.group,
  );
  return (
    <Modal opened={open} onClose={onClose} title={<Text fw={650}>{t('Keyboard shortcuts')}</Text>} size="lg">
      <Stack gap="lg">
        {[...groups].map(([group, list]) => (
          <Stack key={group} gap={6}>
            <Text size="sm" fw={600} c="dimmed">
              {group}
            </Text>
            {list.map((command) => (
              <Group key={command.id} justify="space-between" wrap="nowrap" gap="md">
                <Text>{command.label}</Text>
                <Keys keys={command.keys ?? []} />
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  );
}
