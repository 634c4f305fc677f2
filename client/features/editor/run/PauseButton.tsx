import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { t } from '../../../i18n/t.ts';
import { useRun } from '../../../stores/context.tsx';
import { toastProblem } from '../../../ui/toast.ts';

/** Pauses a run that is under way, or lets it go on. */
export function PauseButton({ runId, iconOnly }: { runId: string; iconOnly: boolean }) {
  const paused = useRun((state) => state.paused) !== null;
  const steer = useMutation({
    mutationFn: () => (paused ? api.runs.resume({ id: runId }) : api.runs.pause({ id: runId })),
    onError: (error) =>
      toastProblem(paused ? t('It could not go on') : t('It could not be paused'), failureOf(error).message),
  });
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      leftSection={paused ? <Play size={14} fill="currentColor" /> : <Pause size={14} fill="currentColor" />}
      className="mw-steer"
      data-icon-only={iconOnly || undefined}
      aria-label={paused ? t('Resume') : t('Pause')}
      loading={steer.isPending}
      onClick={() => steer.mutate()}
    >
      {iconOnly ? '' : paused ? t('Resume') : t('Pause')}
    </Button>
  );
}
