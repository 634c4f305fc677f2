import { Mail, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ConnectionProblem } from '../../../shared/api/connections.ts';
import { plural, t, translate } from '../../i18n/t.ts';
import { Ago } from '../../ui/Ago.tsx';
import classes from './HomePage.module.css';

/** Who is hurt: the workflow that misses it, or the one in which it failed last. */
function whoseWords({ state, workflow, others }: ConnectionProblem): string | null {
  if (workflow === null) return null;
  const { name } = workflow;
  if (state === 'failing') return t('Last in “{name}”.', { name });
  return others === 0
    ? t('“{name}” is live and needs it.', { name })
    : plural(others, '“{name}” and {n} more live workflow need it.', '“{name}” and {n} more live workflows need it.', {
        name,
      });
}

/** To the step that names what is missing; where something fails, to the place that says how it is set up and tries it. */
function Fix({ problem, children }: { problem: ConnectionProblem; children: ReactNode }) {
  const { state, workflow } = problem;
  const toStep = state === 'missing' && workflow !== null;
  return (
    <Link
      to={toStep ? `/workflows/${workflow.id}` : '/settings/providers'}
      state={toStep ? { step: workflow.nodeId } : undefined}
      className={classes.trouble ?? ''}
    >
      {children}
    </Link>
  );
}

/** A model or a mail server that does not work, or that a live workflow misses. The whole row leads to what mends it. */
export function BrokenConnection({ problem }: { problem: ConnectionProblem }) {
  const { id, label, state, message, since } = problem;
  const Icon = id === 'mail' ? Mail : Unplug;
  const name = translate(label);
  return (
    <Fix problem={problem}>
      <Icon size={18} aria-hidden="true" className={classes.troubleIcon} />
      <span className={classes.troubleText}>
        <b>{state === 'failing' ? t('{name} does not work', { name }) : t('{name} is not set up', { name })}</b>
        <span>{[translate(message), whoseWords(problem)].filter(Boolean).join(' ')}</span>
      </span>
      {since === null ? null : (
        <span className={classes.troubleWhen}>
          <Ago at={since} />
        </span>
      )}
    </Fix>
  );
}
