import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import { failureOf } from '../../../api/errors.ts';
import { t } from '../../../i18n/t.ts';
import { createChat } from '../../../stores/chat.ts';
import type { Chat } from '../../../stores/chat.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';
import { announce } from '../../../ui/announce.ts';
import { useCommands } from '../../../ui/hotkeys.ts';
import { toastDone } from '../../../ui/toast.ts';
import { usePanels, useSession } from '../context.tsx';
import type { ProviderChoice } from '../prompt/PromptBar.tsx';

/** A run that the page was opened with, to find out why it failed. */
export interface FixRequest {
  runId: string;
}

export interface Assistant {
  chat: Chat;
  /** Asks for a change and shows the conversation. */
  ask(text: string): void;
  /** Ends the review on the canvas, and says what became of it. */
  settle(take: boolean): void;
}

/** The conversation about the workflow on the page. */
export function useAssistant(provider: ProviderChoice, fix: FixRequest | null): Assistant {
  const editor = useEditorStore();
  const session = useSession();
  const panels = usePanels();
  const chosen = useRef(provider);
  chosen.current = provider;
  const [chat] = useState<Chat>(() =>
    createChat({
      editor,
      knownId: () => session.info.getState().id,
      workflowId: async () => session.info.getState().id ?? (await session.saved())?.id ?? null,
      describe: (error) => (error instanceof Error && error.constructor === Error ? error : failureOf(error)),
      send: (ask, { workflowId, graph, conversationId }, signal) => {
        const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        const about = {
          workflowId,
          graph,
          provider: chosen.current,
          timezone,
          ...(conversationId === null ? {} : { conversationId }),
        };
        const { language } = navigator;
        switch (ask.kind) {
          case 'edit':
            return api.assist.edit({ ...about, request: ask.text }, { signal });
          case 'explain':
            return api.assist.explain({ ...about, language }, { signal });
          case 'fix':
            return api.assist.fix({ ...about, runId: ask.runId, request: ask.text, language }, { signal });
        }
      },
      api: {
        list: async (workflowId) => (await api.conversations.list({ workflowId })).items,
        read: async (id) => (await api.conversations.get({ id })).messages,
        remove: (id) => api.conversations.remove({ id }),
        decide: (id, messageId, outcome) => api.conversations.decide({ id, messageId, outcome }),
      },
    }),
  );
  const reviewing = useEditor((state) => state.review !== null);
  const settle = (take: boolean) => {
    const outcome = chat.settle(take);
    if (outcome === null) return;
    const words = {
      accepted: t('Accepted'),
      partly: t('Accepted in part'),
      rejected: t('Rejected: everything is as it was'),
    }[outcome];
    announce(words);
    if (outcome !== 'rejected') toastDone(t('{words}. Ctrl Z takes it back.', { words }));
  };
  useCommands([
    {
      id: 'assistant.open',
      group: t('Workflow'),
      label: t('Ask for a change'),
      keys: ['a'],
      run: () => panels.setState((state) => ({ chat: !state.chat })),
    },
    {
      id: 'assistant.accept',
      group: t('Workflow'),
      label: t('Accept the proposed change'),
      keys: ['mod+shift+enter'],
      enabled: reviewing,
      run: () => settle(true),
    },
  ]);
  const askFix = useEffectEvent((runId: string) => {
    panels.setState({ chat: true });
    void chat.ask({ kind: 'fix', runId, text: '' });
  });
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current || fix === null) return;
    asked.current = true;
    // Carried out once, also after a reload.
    window.history.replaceState({ ...(window.history.state as object), usr: null }, '');
    askFix(fix.runId);
  }, [fix]);
  useEffect(() => () => chat.stop(), [chat]);
  return {
    chat,
    ask: (text) => {
      editor.getState().open(null);
      panels.setState({ chat: true });
      void chat.ask({ kind: 'edit', text: text.trim() });
    },
    settle,
  };
}
