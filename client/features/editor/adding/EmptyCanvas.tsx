import { Button } from '@mantine/core';
import { LayoutTemplate, Sparkles, Zap } from 'lucide-react';
import { Link } from 'react-router';
import { t } from '../../../i18n/t.ts';

const examples = [
  t('When someone fills in my contact form, write a friendly answer with AI and send it to them'),
  t('Every Monday at 8, write a short motivational mail and send it to team@example.com'),
  t('When a webhook arrives, if the amount is over 1000 mail sales@example.com, otherwise support@example.com'),
];
const shortExamples = [
  t('Answer my contact form with AI'),
  t('A mail to the team every Monday'),
  t('Route a webhook by its amount'),
];

/** Not a blank grid: what to do first. */
export function EmptyCanvas({
  onExample,
  onAddTrigger,
}: {
  onExample: (text: string) => void;
  onAddTrigger: () => void;
}) {
  return (
    <div className="mw-empty">
      <span className="mw-empty-tile">
        <Sparkles size={26} aria-hidden="true" />
      </span>
      <h2>{t('What should happen?')}</h2>
      <p>{t('Describe it below, and the steps appear here.')}</p>
      <div className="mw-empty-examples">
        {examples.map((text, index) => (
          <button key={text} type="button" className="mw-chip" title={text} onClick={() => onExample(text)}>
            {shortExamples[index]}
          </button>
        ))}
      </div>
      <div className="mw-empty-actions">
        <Button
          variant="subtle"
          color="gray"
          component={Link}
          to="/templates"
          leftSection={<LayoutTemplate size={16} />}
        >
          {t('Start from a template')}
        </Button>
        <Button variant="subtle" color="gray" leftSection={<Zap size={16} />} onClick={onAddTrigger}>
          {t('Add a trigger')}
        </Button>
      </div>
    </div>
  );
}
