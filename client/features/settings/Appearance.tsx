import { SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t('Appearance')} text={t('Kept on this device.')}>
      <Text fw={550} mb={6} id="scheme-label">
        {t('Colours')}
      </Text>
      <SegmentedControl
        aria-labelledby="scheme-label"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
        data={[
          { value: 'auto', label: t('As the system') },
          { value: 'light', label: t('Light') },
          { value: 'dark', label: t('Dark') },
        ]}
      />
    </Panel>
  );
}
