import { renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { handleKey, keyNames, matchesKeys, registerCommands, useCommandsToCome, useHotkeyListener } from './hotkeys.ts';
import type { Command } from './hotkeys.ts';

const press = (key: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...init });

it.each<[string, string, KeyboardEventInit, boolean]>([
  ['mod+k', 'k', { ctrlKey: true }, true],
  ['mod+k', 'K', { ctrlKey: true }, true],
  ['mod+k', 'k', {}, false],
  ['mod+z', 'z', { ctrlKey: true, shiftKey: true }, false],
  ['mod+shift+z', 'Z', { ctrlKey: true, shiftKey: true }, true],
  ['n', 'n', {}, true],
  ['n', 'n', { altKey: true }, false],
  ['shift+l', 'L', { shiftKey: true }, true],
  ['l', 'L', { shiftKey: true }, false],
  ['?', '?', { shiftKey: true }, true],
  ['+', '+', { shiftKey: true }, true],
  ['mod++', '+', { ctrlKey: true }, true],
  ['space', ' ', {}, true],
  ['alt+arrowup', 'ArrowUp', { altKey: true }, true],
])('%s is pressed by %s %o: %s', (keys, key, init, expected) => {
  expect(matchesKeys(press(key, init), keys, false)).toBe(expected);
});

it('takes Command for mod on a Mac', () => {
  expect(matchesKeys(press('k', { metaKey: true }), 'mod+k', true)).toBe(true);
  expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+k', true)).toBe(false);
});

describe('which command a key runs', () => {
  const cleanups: (() => void)[] = [];
  const ran: string[] = [];
  const add = (id: string, keys: string, more: Partial<Command> = {}) => {
    cleanups.push(registerCommands([{ id, group: 'Test', label: id, keys: [keys], run: () => ran.push(id), ...more }]));
  };
  it('leaves Enter to the button that has the focus', () => {
    add('open', 'enter');
    const button = document.body.appendChild(document.createElement('button'));
    const enter = press('Enter');
    button.addEventListener('keydown', (event) => void handleKey(event));
    button.dispatchEvent(enter);
    expect([ran.splice(0), enter.defaultPrevented]).toEqual([[], false]);
    button.remove();
  });

  it('keeps a page that is covered out of reach, and not the shell', () => {
    add('shell.palette', 'mod+k');
    add('delete', 'delete');
    add('cover', 'x', { covers: true, enabled: false });
    for (const event of [press('Delete'), press('k', { ctrlKey: true })]) handleKey(event);
    expect(ran).toEqual(['shell.palette']);
  });
  const pressIn = (element: HTMLElement, event: KeyboardEvent) => {
    document.body.append(element);
    element.addEventListener('keydown', (seen) => handleKey(seen), { once: true });
    element.dispatchEvent(event);
    element.remove();
  };
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
    ran.length = 0;
  });

  it('the one registered last, until it is taken back', () => {
    add('shell', 'n');
    add('page', 'n');
    handleKey(press('n'));
    cleanups.pop()?.();
    handleKey(press('n'));
    expect(ran).toEqual(['page', 'shell']);
  });

  it('none while a letter is typed into a field, but one with a modifier', () => {
    add('letter', 'n');
    add('palette', 'mod+k');
    add('enter', 'mod+enter', { inFields: false });
    const field = () => document.createElement('input');
    pressIn(field(), press('n'));
    pressIn(field(), press('k', { ctrlKey: true }));
    pressIn(field(), press('Enter', { ctrlKey: true }));
    pressIn(document.createElement('button'), press('n'));
    expect(ran).toEqual(['palette', 'letter']);
  });

  it('one that is for certain elements only there', () => {
    add('append', 'Tab', { on: 'body, .step:not([data-reached])' });
    const on = (name: string, reached = false) => {
      const element = document.createElement('div');
      element.className = name;
      if (reached) element.dataset['reached'] = '';
      const tab = press('Tab');
      pressIn(element, tab);
      return tab.defaultPrevented;
    };
    expect([on('step'), on('step', true), on('panel')]).toEqual([true, false, false]);
    expect(ran).toEqual(['append']);
  });

  it('none that is switched off, and none when somebody has dealt with the key', () => {
    add('off', 'n', { enabled: false });
    add('taken', 'm');
    const taken = press('m');
    taken.preventDefault();
    handleKey(press('n'));
    handleKey(taken);
    expect(ran).toEqual([]);
  });
});

it('names keys as they stand on the keyboard', () => {
  expect(keyNames('mod+shift+z')).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyNames('mod++')).toEqual(['Ctrl', '+']);
  expect(keyNames('arrowleft')).toEqual(['←']);
});

it('keeps a key that nobody takes for the commands that are on their way', async () => {
  const listening = renderHook(() => useHotkeyListener());
  const awaited = renderHook(() => useCommandsToCome());
  const ran: string[] = [];
  const commandFor = (id: string, keys: string) => ({
    id,
    group: 'Test',
    label: id,
    keys: [keys],
    run: () => ran.push(id),
  });
  const nothing = registerCommands([commandFor('known', 'k')]);
  window.dispatchEvent(press('x'));
  window.dispatchEvent(press('k'));
  window.dispatchEvent(press('Enter', { shiftKey: true }));
  expect(ran).toEqual(['known']);
  awaited.unmount();
  const arrived = registerCommands([commandFor('part', 'shift+enter'), commandFor('older', 'x')]);
  await vi.waitFor(() => expect(ran).toEqual(['known', 'part']));
  arrived();
  nothing();
  listening.unmount();
});
