import { cloneElement } from 'react';
import type { ReactElement } from 'react';

/** What its child is for, in a few words, while the pointer rests on it. The child hands unknown attributes on to its outermost element. */
export function Tooltip({
  label,
  position = 'top',
  disabled = false,
  children,
}: {
  label: string;
  position?: 'top' | 'right';
  disabled?: boolean;
  children: ReactElement<{ 'data-tip'?: string; 'data-tip-side'?: string }>;
}): ReactElement {
  return disabled ? children : cloneElement(children, { 'data-tip': label, 'data-tip-side': position });
}
