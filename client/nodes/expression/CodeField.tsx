import { acceptCompletion, autocompletion, completionStatus, startCompletion } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  Decoration,
  dropCursor,
  EditorView,
  keymap,
  MatchDecorator,
  placeholder as placeholderText,
  tooltips,
  ViewPlugin,
} from '@codemirror/view';
import type { DecorationSet, ViewUpdate } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import type { ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import type { DragEvent as ReactDragEvent } from 'react';
import { useStore } from 'zustand';
import { t } from '../../i18n/t.ts';
import { announce } from '../../ui/announce.ts';
import { filterHelp } from './filter-help.ts';
import { insertion, insertPath, isInside, pathType } from './insertion.ts';
import type { Suggestion } from './scope.ts';

export interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  label: string;
  /** Ids of the texts under the field. */
  describedBy?: string;
  placeholder?: string;
  multiline: boolean;
  rows?: number;
  suggestions: readonly Suggestion[];
  /** The message and the character it belongs to, for the text as it stands. */
  check: (text: string) => { message: string; position: number } | null;
  readOnly?: boolean;
  autoFocus?: boolean;
  /** No expressions: nothing is put into it, and it is of one width. */
  plain?: boolean;
}

const chip = Decoration.mark({ class: 'mw-expression' });
const matcher = new MatchDecorator({ regexp: /\{\{[^]*?\}\}|\{%[^]*?%\}/g, decoration: chip });
const highlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const singleLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const flat = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  return [
    { changes: { from: 0, to: transaction.startState.doc.length, insert: flat }, selection: { anchor: flat.length } },
  ];
});

/** Completes after `{{`, while a path is typed, filters after a bar, and on Ctrl Space anywhere (then with the braces). */
function complete(context: CompletionContext, suggestions: readonly Suggestion[]): CompletionResult | null {
  const line = context.state.doc.sliceString(Math.max(0, context.pos - 500), context.pos);
  const inside = isInside(line, line.length);
  if (!inside && !context.explicit) return null;
  const bar = inside ? /\|\s*\w*$/.exec(line) : null;
  if (bar) return filters(context.pos - (/\w*$/.exec(bar[0])?.[0].length ?? 0));
  const word = context.matchBefore(/[\w.[\]"'-]*/);
  const from = inside ? (word?.from ?? context.pos) : context.pos;
  const after = context.state.doc.sliceString(context.pos, context.pos + 3);
  const spaced = inside && context.state.doc.sliceString(from - 2, from).endsWith('{{') ? ' ' : '';
  const isOutput = line[Math.max(line.lastIndexOf('{{'), line.lastIndexOf('{%')) + 1] === '{';
  const close = inside && isOutput && !/^\s?(\}\}|\|)/.test(after) ? ' }}' : '';
  return {
    from,
    options: suggestions.map((one, index) => ({
      label: one.path,
      detail: one.detail,
      ...(one.source ? { info: one.source } : {}),
      type: 'variable',
      boost: -Math.min(99, index / 4),
      apply: inside ? `${spaced}${one.path}${close}` : `{{ ${one.path} }}`,
    })),
    validFor: /^[\w.[\]"'-]*$/,
  };
}

function filters(from: number): CompletionResult {
  return {
    from,
    options: filterHelp.map(({ name, usage, help }, index) => ({
      label: name,
      detail: help,
      ...(usage === name ? {} : { info: usage }),
      type: 'function',
      boost: -Math.min(99, index / 4),
      apply: usage,
    })),
    validFor: /^\w*$/,
  };
}

/** A text with `{{ }}` in it: highlighted, completed over what really arrives, with its error at its character. */
export default function CodeField(props: CodeFieldProps) {
  const {
    value,
    onChange,
    label,
    describedBy,
    multiline,
    rows = 4,
    placeholder,
    readOnly = false,
    plain = false,
  } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const extensions = useMemo(
    () => fieldExtensions({ latest, label, describedBy, multiline, placeholder, plain }),
    [label, describedBy, multiline, placeholder, plain],
  );
  const editor = useRef<ReactCodeMirrorRef>(null);
  const dragging = useStore(insertion, (state) => state.dragging) && !plain && !readOnly;
  return (
    <CodeMirror
      ref={editor}
      className="mw-code"
      data-takes={dragging || undefined}
      {...(plain ? {} : droppable(() => editor.current?.view, label))}
      data-multiline={multiline || undefined}
      data-plain={plain || undefined}
      value={value}
      onChange={onChange}
      onBlur={() => props.onBlur?.()}
      extensions={extensions}
      basicSetup={false}
      theme="none"
      readOnly={readOnly}
      editable={!readOnly}
      autoFocus={props.autoFocus ?? false}
      minHeight={multiline ? `${rows * 20 + 14}px` : '34px'}
      maxHeight={multiline ? '340px' : '34px'}
      indentWithTab={false}
    />
  );
}

/** Fields of data go into the setting that was used last, or into the one that they are dropped on, at that place. */
function insertable(label: string): Extension[] {
  return [
    dropCursor(),
    EditorView.domEventHandlers({
      focus(_event, view) {
        if (!view.state.readOnly) insertion.setState({ target: { label, view } });
        return false;
      },
      drop: (event, view) => takeDrop(event, view, label),
    }),
    ViewPlugin.define((view) => ({
      destroy() {
        if (insertion.getState().target?.view === view) insertion.setState({ target: null });
      },
    })),
  ];
}

/** The same beside the text: the setting takes what is dropped anywhere on it. */
function droppable(view: () => EditorView | undefined, label: string) {
  return {
    onDragOver(event: ReactDragEvent) {
      if (!event.dataTransfer.types.includes(pathType) || view()?.state.readOnly !== false) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop(event: ReactDragEvent) {
      const editor = view();
      if (event.defaultPrevented || editor === undefined) return;
      if (takeDrop(event.nativeEvent, editor, label)) event.preventDefault();
    },
  };
}

function takeDrop(event: DragEvent, view: EditorView, label: string): boolean {
  const path = event.dataTransfer?.getData(pathType) ?? '';
  if (path === '' || view.state.readOnly) return false;
  insertPath(view, path, view.posAtCoords({ x: event.clientX, y: event.clientY }, false));
  view.focus();
  announce(t('{path} inserted into {field}', { path, field: label }));
  return true;
}

function fieldExtensions(field: {
  latest: { current: CodeFieldProps };
  label: string;
  describedBy: string | undefined;
  multiline: boolean;
  placeholder: string | undefined;
  plain: boolean;
}): Extension[] {
  // CodeMirror gives the role (textbox), says that it completes, and names the list and the entry while it is open; it takes every field for one
  // of many lines.
  const attributes: Record<string, string> = {
    'aria-label': field.label,
    'aria-multiline': String(field.multiline),
  };
  if (field.describedBy !== undefined) attributes['aria-describedby'] = field.describedBy;
  return [
    highlight,
    field.multiline ? EditorView.lineWrapping : singleLine,
    autocompletion({
      override: [(context) => complete(context, field.latest.current.suggestions)],
      icons: false,
      activateOnTyping: true,
    }),
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      { key: 'Ctrl-Space', run: startCompletion },
    ]),
    ...(field.plain ? [] : insertable(field.label)),
    // Escape closes the list and nothing else; without a list it goes on to whoever listens above.
    EditorView.domEventHandlers({
      keydown(event, view) {
        if (event.key === 'Escape' && completionStatus(view.state) !== null) event.stopPropagation();
        return false;
      },
    }),
    EditorView.updateListener.of((update) => {
      const typed = update.transactions.some((one) => one.isUserEvent('input.type'));
      const before = update.state.doc.sliceString(
        update.state.selection.main.head - 2,
        update.state.selection.main.head,
      );
      if (typed && (before === '{{' || /\|\s?$/.test(before))) startCompletion(update.view);
    }),
    linter(
      (view) => {
        const text = view.state.doc.toString();
        const found = field.latest.current.check(text);
        if (found === null) return [];
        const from = Math.min(found.position, Math.max(0, text.length - 1));
        return [{ from, to: Math.min(text.length, from + 2), severity: 'error', message: found.message }];
      },
      { delay: 300 },
    ),
    tooltips({ parent: document.body, position: 'fixed' }),
    EditorView.contentAttributes.of(attributes),
    ...(field.placeholder === undefined ? [] : [placeholderText(field.placeholder)]),
  ];
}
