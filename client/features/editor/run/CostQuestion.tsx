import { Button, Group, NumberInput, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { microPerCredit } from '../../../../shared/workflow/pricing.ts';
import type { CostPause } from '../../../../shared/workflow/run.ts';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { canEdit, useMe } from '../../../api/session.ts';
import { t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import { creditsInWords } from '../../../ui/format.ts';
import { costInWords, suggestedLimit } from '../../../ui/runPause.ts';
import { toastProblem } from '../../../ui/toast.ts';

/** A run that would pass what it may spend asks: on with more, or stop. */
export function CostQuestion({ runId }: { runId: string }) {
  const cost = useRun((state) => state.paused?.cost ?? null);
  const me = useMe();
  if (cost === null) return null;
  return <Question key={cost.limitMicro} runId={runId} cost={cost} mayAnswer={canEdit(me.workspace.role)} />;
}

function Question({ runId, cost, mayAnswer }: { runId: string; cost: CostPause; mayAnswer: boolean }) {
  const title = useEditor((state) => state.graph.nodes.find((node) => node.id === cost.node)?.title ?? cost.node);
  const [limit, setLimit] = useState(suggestedLimit(cost));
  const least = cost.spentMicro + cost.stepMicro;
  const onError = (error: unknown) => toastProblem(t('That could not be recorded'), failureOf(error).message);
  const goOn = useMutation({ mutationFn: () => api.runs.resume({ id: runId, costLimitMicro: limit }), onError });
  const stop = useMutation({ mutationFn: () => api.runs.cancel({ id: runId }), onError });
  return (
    <div className="mw-uncertain" role="group" aria-label={t('A decision is needed')}>
      <Text fw={600}>{t('{title}: may it cost more?', { title })}</Text>
      <Text size="sm" c="dimmed">
        {costInWords(cost)}
      </Text>
      {mayAnswer ? (
        <>
          <NumberInput
            mt={8}
            label={t('The run may spend (credits)')}
            min={least / microPerCredit}
            decimalScale={6}
            value={limit / microPerCredit}
            onChange={(next) => typeof next === 'number' && setLimit(Math.round(next * microPerCredit))}
          />
          <Group gap={8} mt={8}>
            <Button loading={goOn.isPending} disabled={limit < least} onClick={() => goOn.mutate()}>
              {t('Go on, up to {credits}', { credits: creditsInWords(limit) })}
            </Button>
            <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
              {t('Stop the run')}
            </Button>
          </Group>
        </>
      ) : null}
    </div>
  );
}
