import { LayoutTemplate, Plus } from 'lucide-react';
import { Link } from 'react-router';
import classes from './HomePage.module.css';
import { t } from '../../i18n/t.ts';

const steps = [
  { title: t('Say it'), text: t('Write a sentence above: when it starts, what to write, whom to mail.') },
  { title: t('Check it'), text: t('See the steps as a graph, and every mail exactly as it would be sent.') },
  { title: t('Let it run'), text: t('Confirm, watch it go step by step, and publish it to run by itself.') },
];

/** For somebody with no workflow yet: what to do, and the two other ways to begin. */
export function FirstSteps() {
  return (
    <>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.title} className={classes.step}>
            <span className={classes.number} aria-hidden="true">
              {index + 1}
            </span>
            <b>{step.title}</b>
            <span>{step.text}</span>
          </li>
        ))}
      </ol>
      <div className={classes.tiles}>
        <Link to="/templates" className={classes.tile ?? ''}>
          <span className={classes.tileIcon}>
            <LayoutTemplate size={19} />
          </span>
          <span className={classes.tileText}>
            <b>{t('Start from a template')}</b>
            {t('Campaigns, content, support and leads, ready to run')}
          </span>
        </Link>
        <Link to="/workflows/new" className={classes.tile ?? ''}>
          <span className={classes.tileIcon}>
            <Plus size={19} />
          </span>
          <span className={classes.tileText}>
            <b>{t('Draw it yourself')}</b>
            {t('An empty canvas and all the steps')}
          </span>
        </Link>
      </div>
    </>
  );
}
