import { useState } from 'react';

/** True from the first time on that `value` was: what is loaded when it is first opened stays, so that it can close in peace. */
export function useOnce(value: boolean): boolean {
  const [was, setWas] = useState(value);
  if (value && !was) setWas(true);
  return was || value;
}
