import { ActionIcon } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import classes from './Pager.module.css';
import { t } from '../i18n/t.ts';

export interface PagerProps {
  /** What is leafed through. */
  of: 'item' | 'mail';
  /** From 0. */
  at: number;
  /** Number of the first one, less one: for a share of a long list. */
  from?: number;
  /** How many there are to see, and in all where that is more. */
  shown: number;
  total?: number;
  onChange: (at: number) => void;
}

const wording = {
  item: {
    name: t('Item'),
    previous: t('Previous item'),
    next: t('Next item'),
    number: t('Number of the item'),
  },
  mail: {
    name: t('Mail'),
    previous: t('Previous mail'),
    next: t('Next mail'),
    number: t('Number of the mail'),
  },
} as const;

/** Leafs through things one at a time; a long way is typed. */
export function Pager({ of, at, from = 0, shown, total = from + shown, onChange }: PagerProps) {
  const words = wording[of];
  const go = (next: number) => onChange(Math.min(shown - 1, Math.max(0, next)));
  return (
    <div
      className={classes.pager}
      role="group"
      aria-label={t('{name} {n} of {total}', { name: words.name, n: from + at + 1, total })}
    >
      <ActionIcon size={30} aria-label={words.previous} disabled={at <= 0} onClick={() => go(at - 1)}>
        <ChevronLeft size={16} />
      </ActionIcon>
      <label className={classes.words}>
        {words.name}
        <input
          type="number"
          min={from + 1}
          max={from + shown}
          value={from + at + 1}
          aria-label={words.number}
          style={{ width: `${String(from + shown).length + 2.6}ch` }}
          onChange={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            if (Number.isInteger(typed)) go(typed - 1 - from);
          }}
        />
        {t('of {total}', { total })}
      </label>
      <ActionIcon size={30} aria-label={words.next} disabled={at >= shown - 1} onClick={() => go(at + 1)}>
        <ChevronRight size={16} />
      </ActionIcon>
    </div>
  );
}
