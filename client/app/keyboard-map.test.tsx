import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeBetween } from '../../shared/workflow/graph.ts';
import { query } from '../api/client.ts';
import { useEditorCommands } from '../features/editor/commands/commands.ts';
import { EditorProvider } from '../features/editor/context.tsx';
import { createEditorSession } from '../features/editor/session.ts';
import type { EditorSession } from '../features/editor/session.ts';
import { handleKey, keyNames, useCommandList } from '../ui/hotkeys.ts';
import type { Command } from '../ui/hotkeys.ts';
import { commandActions } from './PaletteDialog.tsx';
import { ShortcutDialog } from './ShortcutDialog.tsx';

/** Key → its command; false: the browser's own event or the canvas does it, and the list only says so. */
const map: readonly [keys: string, id: string, runs: boolean][] = [
  ['mod+enter', 'editor.run', true],
  ['n', 'editor.add', true],
  ['/', 'editor.add', true],
  ['tab', 'editor.append', true],
  ['mod+z', 'editor.undo', true],
  ['mod+shift+z', 'editor.redo', true],
  ['mod+y', 'editor.redo', true],
  ['enter', 'editor.open', true],
  ['f2', 'editor.rename', true],
  ['mod+c', 'editor.copy', false],
  ['mod+x', 'editor.cut', false],
  ['mod+v', 'editor.paste', false],
  ['mod+d', 'editor.duplicate', true],
  ['arrowleft', 'editor.next', true],
  ['arrowright', 'editor.next', true],
  ['arrowup', 'editor.next', true],
  ['arrowdown', 'editor.next', true],
  ['shift+arrowleft', 'editor.before', true],
  ['shift+arrowright', 'editor.after', true],
  ['alt+arrowleft', 'editor.nudge', true],
  ['alt+arrowright', 'editor.nudge', true],
  ['alt+arrowup', 'editor.nudge', true],
  ['alt+arrowdown', 'editor.nudge', true],
  ['delete', 'editor.delete', true],
  ['backspace', 'editor.delete', true],
  ['1', 'editor.fit', true],
  ['0', 'editor.full', true],
  ['+', 'editor.in', true],
  ['-', 'editor.out', true],
  ['shift+l', 'editor.tidy', true],
  ['space+drag', 'editor.pan', false],
  ['middle+drag', 'editor.pan', false],
  ['shift+drag', 'editor.box', false],
  ['mod+a', 'editor.all', true],
  ['d', 'editor.disable', true],
  ['mod+g', 'editor.group', true],
  ['mod+shift+g', 'editor.ungroup', true],
  ['c', 'editor.fold', true],
  ['shift+s', 'editor.note', true],
  ['mod+f', 'editor.find', true],
  ['i', 'editor.input', true],
  ['o', 'editor.output', true],
  ['mod+s', 'editor.save', true],
  ['escape', 'editor.escape', true],
];

const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  tab: 'Tab',
  f2: 'F2',
  arrowleft: 'ArrowLeft',
  arrowright: 'ArrowRight',
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  delete: 'Delete',
  backspace: 'Backspace',
  escape: 'Escape',
};

function press(keys: string): KeyboardEvent {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const key = parts.pop()!;
  return new KeyboardEvent('keydown', {
    key: names[key] ?? (parts.includes('shift') ? key.toUpperCase() : key),
    ctrlKey: parts.includes('mod'),
    shiftKey: parts.includes('shift'),
    altKey: parts.includes('alt'),
    cancelable: true,
  });
}

const node = (id: string, y: number) => ({
  id,
  kind: 'set',
  version: 1,
  title: id,
  config: {},
  position: { x: 0, y },
});

let session: EditorSession;
const seen: { list: readonly Command[] } = { list: [] };

/** Takes the one list out of React. */
function List({ take }: { take: (list: readonly Command[]) => void }) {
  const list = useCommandList();
  useEffect(() => take(list), [list, take]);
  return null;
}

const take = (list: readonly Command[]) => {
  seen.list = list;
};

function Probe() {
  useEditorCommands({ run: () => undefined, stop: () => undefined } as unknown as Parameters<
    typeof useEditorCommands
  >[0]);
  return (
    <>
      <List take={take} />
      <ShortcutDialog open onClose={() => undefined} />
    </>
  );
}

beforeEach(() => {
  session = createEditorSession({ workflow: null, onCreated: () => undefined, readOnly: false });
  const graph = {
    nodes: [node('a', 0), node('b', 112)],
    edges: [edgeBetween('a', 'b')],
    direction: 'down' as const,
  };
  session.editor.getState().load(graph);
  session.editor.getState().select(['a']);
  const client = new QueryClient();
  client.setQueryData(query.workspace.me.queryKey(), { workspace: { id: 'w' } } as never);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <ReactFlowProvider>
          <EditorProvider session={session}>
            <Probe />
          </EditorProvider>
        </ReactFlowProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
});

describe('the keyboard map: one list for the keys, the sheet and the palette', () => {
  it('every key is in the list, runs its command, and stands in the sheet beside its words', () => {
    const sheet = screen.getByRole('dialog').textContent ?? '';
    for (const [keys, id, runs] of map) {
      const command = seen.list.find((one) => one.id === id);
      expect(command?.keys, `${id} has ${keys}`).toContain(keys);
      expect(sheet).toContain(command!.label);
      for (const name of keyNames(keys)) expect(sheet, `${id} in the sheet`).toContain(name);
      const ran: string[] = [];
      const spied = seen.list.map((one) => ({ ...one, run: () => void ran.push(one.id) }));
      handleKey(press(keys), spied);
      expect(ran, keys).toEqual(runs ? [id] : []);
    }
  });

  it('the palette offers every command of that list that it is for, and nothing else', () => {
    const offered = commandActions(seen.list).flatMap((group) => group.actions.map((one: { id: string }) => one.id));
    const meant = seen.list.filter(({ palette, enabled }) => palette !== false && enabled !== false);
    expect(new Set(offered)).toEqual(new Set(meant.map(({ id }) => id)));
    expect(offered).toHaveLength(meant.length);
    for (const id of ['editor.note', 'editor.group', 'editor.find', 'editor.tidy', 'editor.undo', 'editor.disable'])
      expect(offered).toContain(id);
  });

  it('keys do what they say', async () => {
    const { editor } = session;
    handleKey(press('d'), seen.list);
    expect(editor.getState().graph.nodes[0]?.disabled).toBe(true);
    handleKey(press('mod+z'), seen.list);
    expect(editor.getState().graph.nodes[0]?.disabled).toBeUndefined();
    handleKey(press('alt+arrowright'), seen.list);
    expect(editor.getState().graph.nodes[0]?.position).toEqual({ x: 8, y: 0 });
    handleKey(press('arrowdown'), seen.list);
    await vi.waitFor(() => expect([...editor.getState().selected]).toEqual(['b']));
    handleKey(press('delete'), seen.list);
    expect(editor.getState().graph.nodes).toHaveLength(1);
  });
});
