/**
 * One registry for everything that can be done by a key or from the palette (Ctrl K). Pages register what they offer while they are on the
 * screen; the `?` sheet and the palette list it. Rules: a key without a modifier is ignored while the person types in a field; the command
 * registered last wins, so that a page overrides the shell and a dialog overrides its page.
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { t } from '../i18n/t.ts';

export interface Command {
  id: string;
  /** Heading in the sheet and the palette: "Canvas", "Go to". */
  group: string;
  label: string;
  /** Such as `mod+k`, `shift+l`, `?`, `escape`, `mod+shift+z`, `arrowleft`. `mod` is Ctrl, on a Mac Command. Several are alternatives. */
  keys?: readonly string[];
  /** Extra words that find it in the palette. */
  keywords?: readonly string[];
  /** Also while the person types in a field (true for keys with `mod` unless said otherwise). */
  inFields?: boolean;
  /** Only while the key is pressed on an element that this CSS selector matches: elsewhere it means what it always does. */
  on?: string;
  /** False keeps it out of the palette: movements such as "select the next step". */
  palette?: boolean;
  /** False: listed, but switched off for now. */
  enabled?: boolean;
  /** Something covers the page: only the shell's commands are in reach. */
  covers?: boolean;
  run: (event?: KeyboardEvent) => void;
}

let registered: readonly (readonly Command[])[] = [];
let flat: readonly Command[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly (readonly Command[])[]): void {
  registered = next;
  flat = next.flat();
  for (const listener of listeners) listener();
}

/** Adds commands until the returned function is called. */
export function registerCommands(commands: readonly Command[]): () => void {
  publish([...registered, commands]);
  return () => publish(registered.filter((entry) => entry !== commands));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Everything that can be done now, in the order of registration. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => flat);
}

/** Registers commands while the component is mounted. `run` may change on each render; the list is registered again only when its data changes. */
export function useCommands(commands: readonly Command[]): void {
  const runAt = useEffectEvent((index: number, event?: KeyboardEvent) => commands[index]?.run(event));
  const shape = JSON.stringify(commands.map(({ run: _run, ...data }) => data));
  useEffect(() => {
    const stable = (JSON.parse(shape) as Omit<Command, 'run'>[]).map((data, index) => ({
      ...data,
      run: (event?: KeyboardEvent) => runAt(index, event),
    }));
    return registerCommands(stable);
  }, [shape]);
}

const cover: readonly Command[] = [
  { id: 'cover', group: '', label: '', palette: false, enabled: false, covers: true, run: () => {} },
];

/** Keeps the keys of the page away from it while the component, which covers it, is mounted. */
export function useCover(): void {
  useCommands(cover);
}

const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** True when the event is this combination. Shift is not asked for where it only makes the character (`?`, `+`). */
export function matchesKeys(event: KeyboardEvent, keys: string, mac = isMac): boolean {
  const parts = keys.toLowerCase().split('+').filter(Boolean);
  const key = keys.endsWith('+') ? '+' : (parts.pop() ?? '');
  const wants = new Set(parts);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wants.has('mod') || otherMod || event.altKey !== wants.has('alt')) return false;
  const named = key === 'space' ? ' ' : key;
  const isSymbol = named.length === 1 && !/[a-z0-9 ]/.test(named);
  if (!isSymbol && event.shiftKey !== wants.has('shift')) return false;
  return event.key.toLowerCase() === named;
}

/** Whether the event comes from something the person types in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [role=textbox], [role=combobox]')
  );
}

const pressed = 'button, a[href], summary, [role=button], [role=menuitem], [role=option], [role=tab], [role=switch]';

/** Whether the key presses what has the focus: it is no shortcut then. */
function isPress({ key, target, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if ((key !== 'Enter' && key !== ' ') || ctrlKey || metaKey || altKey || shiftKey) return false;
  return target instanceof HTMLElement && target.matches(pressed);
}

/** Runs the command that the key belongs to. Returns it, or undefined. */
export function handleKey(event: KeyboardEvent, commands: readonly Command[] = flat): Command | undefined {
  if (event.defaultPrevented || event.isComposing || isPress(event)) return undefined;
  const typing = isTyping(event.target);
  const isCovered = commands.some(({ covers }) => covers);
  for (let index = commands.length - 1; index >= 0; index--) {
    const command = commands[index];
    if (isCovered && !command?.id.startsWith('shell.')) continue;
    const keys = command?.keys?.find((candidate) => matchesKeys(event, candidate));
    if (!command || !keys || command.enabled === false) continue;
    if (typing && !(command.inFields ?? keys.includes('mod+'))) continue;
    if (command.on !== undefined && event.target instanceof Element && !event.target.matches(command.on)) continue;
    event.preventDefault();
    command.run(event);
    return command;
  }
  return undefined;
}

/** How many parts of the page with commands of their own are on their way. */
let partsToCome = 0;
/** The last key that no command took meanwhile. */
let early: KeyboardEvent | undefined;
/** A key that is older was given up by whoever pressed it. */
const patienceMs = 5_000;

/** While it is mounted more commands are on their way: a key that none takes is tried again with them. */
export function useCommandsToCome(): void {
  useEffect(() => {
    partsToCome++;
    return () => {
      partsToCome--;
      // The commands that were waited for register in the same turn.
      setTimeout(tryAgain);
    };
  }, []);
}

function tryAgain(): void {
  if (partsToCome > 0 || early === undefined) return;
  const event = early;
  early = undefined;
  if (performance.now() - event.timeStamp < patienceMs) handleKey(event);
}

/** The one listener; the shell mounts it. */
export function useHotkeyListener(): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const taken = handleKey(event);
      early = taken === undefined && partsToCome > 0 ? event : undefined;
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

const names: Record<string, string> = {
  mod: isMac ? '⌘' : t('Ctrl'),
  shift: t('Shift'),
  alt: isMac ? '⌥' : t('Alt'),
  escape: t('Esc'),
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  space: t('Space'),
  // The hands' part of a combination: shown in the sheet, done by the canvas itself.
  drag: t('drag'),
  middle: t('middle button'),
  delete: t('Del'),
  backspace: t('Backspace'),
  enter: t('Enter'),
  tab: t('Tab'),
};

/** `mod+shift+z` → `['Ctrl', 'Shift', 'Z']`. */
export function keyNames(keys: string): string[] {
  const parts = keys.endsWith('+') ? [...keys.slice(0, -1).split('+'), '+'] : keys.split('+');
  return parts
    .filter(Boolean)
    .map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part));
}
