import { Text } from '@mantine/core';
import { statusWords } from '../../../canvas/StepStatus.tsx';
import { t, translate } from '../../../i18n/t.ts';
import { useRun, useRunStore } from '../../../stores/context.tsx';
import { creditsInWords, formatClock, formatDuration } from '../../../ui/format.ts';
import { useStepPlaces } from './item-choice.ts';

/** How one step went: status, attempts, time, cost, and what it wrote to its log. */
export function StepLog({ id }: { id: string }) {
  const runs = useRunStore();
  const all = useRun((state) => state.steps[id]);
  const { address } = useStepPlaces()(id);
  const partial = useRun((state) => state.partial[address]);
  const step = all?.items === undefined ? all : runs.viewAt(address);
  if (step === undefined) return <Text c="dimmed">{t('This step has not run.')}</Text>;
  return (
    <div className="mw-step-log">
      <dl>
        <Fact name={t('Status')} value={statusWords[step.status]} />
        {/* A step that this run took over from an earlier one was never attempted here. */}
        {step.attempt === 0 && step.status === 'done' ? (
          <Fact name={t('Kept')} value={t('from the earlier run')} />
        ) : (
          <Fact name={t('Attempts')} value={String(step.attempt)} />
        )}
        {step.startedAt === undefined ? null : <Fact name={t('Started')} value={formatClock(step.startedAt)} />}
        {step.ms === undefined ? null : <Fact name={t('Took')} value={formatDuration(step.ms)} />}
        {step.costMicro > 0 ? <Fact name={t('Cost')} value={creditsInWords(step.costMicro)} /> : null}
        {step.port === undefined || step.port === 'out' ? null : <Fact name={t('Went along')} value={step.port} />}
      </dl>
      {step.error === undefined ? null : <Text c="red">{translate(step.error.message)}</Text>}
      {partial === undefined ? null : <pre className="mw-json">{partial}</pre>}
      {step.log.map((line, index) => (
        <div key={index} className="mw-log-line">
          <time>{formatClock(line.at)}</time>
          <span>{line.message}</span>
        </div>
      ))}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
