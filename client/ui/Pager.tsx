import { ActionIcon } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import classes from './Pager.module.css';

export interface PagerProps {
  /** What is leafed through: “Item”. */
  name: string;
  /** From 0. */
  at: number;
  /** Number of the first one, less one: for a share of a long list. */
  from?: number;
  /** How many there are to see, and in all where that is more. */
  shown: number;
  total?: number;
  onChange: (at: number) => void;
}

/** Leafs through things one at a time; a long way is typed. */
export function Pager({ name, at, from = 0, shown, total = from + shown, onChange }: PagerProps) {
  const go = (next: number) => onChange(Math.min(shown - 1, Math.max(0, next)));
  return (
    <div className={classes.pager} role="group" aria-label={`${name} ${from + at + 1} of ${total}`}>
      <ActionIcon size={30} aria-label={`Previous ${name.toLowerCase()}`} disabled={at <= 0} onClick={() => go(at - 1)}>
        <ChevronLeft size={16} />
      </ActionIcon>
      <label className={classes.words}>
        {name}
        <input
          type="number"
          min={from + 1}
          max={from + shown}
          value={from + at + 1}
          aria-label={`Number of the ${name.toLowerCase()}`}
          style={{ width: `${String(from + shown).length + 2.6}ch` }}
          onChange={(event) => {
            const typed = event.currentTarget.valueAsNumber;
            if (Number.isInteger(typed)) go(typed - 1 - from);
          }}
        />
        of {total.toLocaleString('en')}
      </label>
      <ActionIcon
        size={30}
        aria-label={`Next ${name.toLowerCase()}`}
        disabled={at >= shown - 1}
        onClick={() => go(at + 1)}
      >
        <ChevronRight size={16} />
      </ActionIcon>
    </div>
  );
}
