import { SegmentedControl, Select, Stack, Text, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { reloadSaved } from '../../api/unsaved.ts';
import { languages } from '../../../shared/i18n/languages.ts';
import { keepLanguage, languageChoice } from '../../i18n/language.ts';
import type { LanguageChoice } from '../../i18n/language.ts';
import { t } from '../../i18n/t.ts';
import { Panel } from '../../ui/Panel.tsx';
import { toastProblem } from '../../ui/toast.ts';

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t('Appearance')} text={t('Kept on this device.')}>
      <Stack gap="lg">
        <LanguageField />
        <div>
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
        </div>
      </Stack>
    </Panel>
  );
}

/** Another language loads the page anew: its texts stand everywhere, in constants too. */
function LanguageField() {
  const [choice, setChoice] = useState(languageChoice);
  const change = async (next: LanguageChoice) => {
    setChoice(next);
    if (!keepLanguage(next))
      return toastProblem(t('This browser keeps no settings'), t('The language stays as it is.'));
    if (!(await reloadSaved()))
      toastProblem(t('Not everything is saved'), t('The language changes with the next load.'));
  };
  return (
    <Select
      label={t('Language')}
      description={t('Changing it loads the page anew.')}
      w={260}
      maw="100%"
      allowDeselect={false}
      value={choice}
      onChange={(value) => void change(value as LanguageChoice)}
      data={[
        { value: 'auto', label: t('As the browser says') },
        ...Object.entries(languages).map(([value, label]) => ({ value, label })),
      ]}
    />
  );
}
