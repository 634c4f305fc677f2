import { ActionIcon, CopyButton, Text, TextInput } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { t } from '../../../i18n/t.ts';
import { formatInstant } from '../../../ui/format.ts';
import { useInfo } from '../context.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';

/** Where a webhook or form listens, and when a schedule fires next. */
export function TriggerAddress({ id }: { id: string }) {
  const trigger = useInfo((info) => info.triggers.find((one) => one.nodeId === id));
  const live = useInfo((info) => info.active && info.publishedVersion !== null);
  if (trigger === undefined || (trigger.url === null && trigger.nextAt === null)) return null;
  return (
    <div className="mw-address">
      {trigger.url === null ? null : (
        <TextInput
          label={trigger.kind === 'form' ? t('Address of the form') : t('Address to call')}
          readOnly
          value={trigger.url}
          onFocus={(event) => event.currentTarget.select()}
          rightSection={
            <CopyButton value={trigger.url}>
              {({ copied, copy }) => (
                <Tooltip label={copied ? t('Copied') : t('Copy')}>
                  <ActionIcon aria-label={t('Copy the address')} onClick={copy}>
                    {copied ? <Check size={15} /> : <Copy size={15} />}
                  </ActionIcon>
                </Tooltip>
              )}
            </CopyButton>
          }
        />
      )}
      {trigger.nextAt === null || !live ? null : (
        <Text size="sm" c="dimmed">
          {t('Fires next on {instant}', { instant: formatInstant(trigger.nextAt) })}
        </Text>
      )}
      {live ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {t('It starts runs once the workflow is published and live.')}
        </Text>
      )}
    </div>
  );
}
