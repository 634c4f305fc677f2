import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { keyNames, useCommandList, useCommands } from '../ui/hotkeys.ts';
import type { Command } from '../ui/hotkeys.ts';

const sheet = createStore(() => ({ open: false }));

export function openShortcutSheet(): void {
  sheet.setState({ open: true });
}

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <Group gap={6} wrap="nowrap">
      {keys.map((combination, index) => (
        <Group key={combination} gap={3} wrap="nowrap">
          {index > 0 ? (
            <Text span size="sm" c="dimmed" mr={3}>
              or
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

/** The `?` sheet: every key that does something on this page, from the one registry. */
export function ShortcutSheet() {
  const { open } = useStore(sheet);
  const commands = useCommandList();
  useCommands([
    {
      id: 'shell.shortcuts',
      group: 'Everywhere',
      label: 'Show keyboard shortcuts',
      keys: ['?'],
      run: openShortcutSheet,
    },
  ]);
  const groups = Map.groupBy(
    commands.filter((command) => command.keys?.length),
    (command: Command) => command.group,
  );
  return (
    <Modal
      opened={open}
      onClose={() => sheet.setState({ open: false })}
      title={<Text fw={650}>Keyboard shortcuts</Text>}
      size="lg"
    >
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
