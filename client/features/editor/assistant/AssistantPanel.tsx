import './assistant.css';
import { ActionIcon, Button, Drawer, Menu } from '@mantine/core';
import { History, Plus, SendHorizontal, Sparkles, Square, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../i18n/t.ts';
import { useEditor, useRun } from '../../../stores/context.tsx';
import type { Chat } from '../../../stores/chat.ts';
import { failureOf } from '../../../api/errors.ts';
import { toastProblem } from '../../../ui/toast.ts';
import { usePanel, usePanels } from '../context.tsx';
import { ProviderMenu } from '../prompt/PromptBar.tsx';
import type { PromptBarProps } from '../prompt/PromptBar.tsx';
import { SheetGrip } from '../SheetGrip.tsx';
import { Messages } from './Messages.tsx';

interface AssistantPanelProps extends Pick<PromptBarProps, 'provider' | 'onProvider'> {
  chat: Chat;
  phone: boolean;
}

/** The conversation beside the canvas; on a phone a sheet from below, which makes way for a proposal. */
export function AssistantPanel(props: AssistantPanelProps) {
  const { chat, phone } = props;
  const panels = usePanels();
  const wanted = usePanel((state) => state.chat);
  const opened = useEditor((state) => state.opened !== null);
  const proposal = useStore(chat, (state) => state.proposal);
  const close = () => panels.setState({ chat: false });
  useEffect(() => {
    if (wanted) void chat.load();
  }, [wanted, chat]);
  useEffect(() => {
    if (phone && proposal !== null) panels.setState({ chat: false });
  }, [phone, proposal, panels]);
  if (phone) {
    return (
      <Drawer
        opened={wanted}
        onClose={close}
        position="bottom"
        size="75%"
        radius="lg"
        withCloseButton={false}
        padding={0}
        classNames={{ body: 'mw-chat-sheet' }}
        attributes={{ content: { 'aria-label': t('Assistant') } }}
      >
        <SheetGrip onClose={close} />
        <Content {...props} onClose={close} />
      </Drawer>
    );
  }
  // The settings of a step stand in the same place; the conversation is there again when they are closed.
  if (!wanted || opened) return null;
  return (
    <aside className="mw-panel mw-chat" aria-label={t('Assistant')}>
      <Content {...props} onClose={close} />
    </aside>
  );
}

function Content({ chat, provider, onProvider, onClose }: AssistantPanelProps & { onClose: () => void }) {
  return (
    <>
      <Head chat={chat} onClose={onClose} />
      <Messages chat={chat} empty={<Suggestions chat={chat} />} />
      <Compose chat={chat} provider={provider} onProvider={onProvider} />
    </>
  );
}

function Head({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const earlier = useStore(chat, (state) => state.earlier) ?? [];
  const current = useStore(chat, (state) => state.conversationId);
  return (
    <div className="mw-panel-head">
      <span className="mw-chat-tile">
        <Sparkles size={18} aria-hidden="true" />
      </span>
      <h2 className="mw-chat-name">{t('Assistant')}</h2>
      <ActionIcon
        size={34}
        aria-label={t('New conversation')}
        title={t('New conversation')}
        onClick={() => void chat.open(null)}
      >
        <Plus size={18} />
      </ActionIcon>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <ActionIcon size={34} aria-label={t('Earlier conversations')} title={t('Earlier conversations')}>
            <History size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className="mw-chat-earlier">
          <Menu.Label>{earlier.length === 0 ? t('No earlier conversations') : t('Earlier conversations')}</Menu.Label>
          {earlier.map(({ id, title }) => (
            <Menu.Item key={id} data-current={id === current || undefined} onClick={() => void chat.open(id)}>
              <span className="mw-chat-title">{title}</span>
            </Menu.Item>
          ))}
          {current === null ? null : (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={15} />}
                onClick={() =>
                  chat
                    .remove(current)
                    .catch((error: unknown) => toastProblem(t('It could not be deleted'), failureOf(error).message))
                }
              >
                {t('Delete this conversation')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={34} aria-label={t('Close the assistant')} onClick={onClose}>
        <X size={18} />
      </ActionIcon>
    </div>
  );
}

/** What can be asked when nothing was asked yet. */
function Suggestions({ chat }: { chat: Chat }) {
  const isEmpty = useEditor((state) => state.graph.nodes.length === 0);
  const mails = useEditor((state) => state.graph.nodes.some(({ kind }) => kind === 'email-send'));
  const failed = useRun((state) => (state.status === 'failed' ? state.runId : null));
  if (isEmpty)
    return (
      <p className="mw-chat-hint">
        {t('Describe a workflow in the bar below the canvas. Once it has steps, they can be changed here.')}
      </p>
    );
  return (
    <div className="mw-chat-start">
      <p className="mw-chat-hint">
        {t('Ask for a change, or a question about this workflow. Nothing changes before you accept it.')}
      </p>
      {failed === null ? null : (
        <Button variant="light" color="red" onClick={() => void chat.ask({ kind: 'fix', runId: failed, text: '' })}>
          {t('Why did the run fail?')}
        </Button>
      )}
      <Button variant="default" onClick={() => void chat.ask({ kind: 'explain' })}>
        {t('Explain this workflow')}
      </Button>
      {mails ? (
        <Button
          variant="default"
          onClick={() => void chat.ask({ kind: 'edit', text: t('Ask me for approval before sending') })}
        >
          {t('Ask me for approval before sending')}
        </Button>
      ) : null}
    </div>
  );
}

function Compose({ chat, provider, onProvider }: Omit<AssistantPanelProps, 'phone'>) {
  const asking = useStore(chat, (state) => state.asking !== null);
  const failed = useStore(chat, (state) => state.failed);
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (window.innerWidth >= 768) input.current?.focus();
  }, []);
  const send = () => {
    if (asking || text.trim() === '') return;
    void chat.ask({ kind: 'edit', text: text.trim() });
    setText('');
  };
  return (
    <form
      className="mw-chat-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {failed === null ? null : (
        <div className="mw-chat-failed" role="alert">
          <span>{failed.message}</span>
          <Button size="compact-sm" variant="subtle" onClick={() => void chat.ask(failed.ask)}>
            {t('Try again')}
          </Button>
        </div>
      )}
      <div className="mw-chat-box">
        <textarea
          ref={input}
          rows={2}
          aria-label={t('Ask for a change')}
          placeholder={t('Ask for a change…')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (
              event.key === 'Enter' &&
              !event.shiftKey &&
              !event.ctrlKey &&
              !event.metaKey &&
              !event.nativeEvent.isComposing
            ) {
              event.preventDefault();
              send();
            }
          }}
        />
        <div className="mw-chat-tools">
          <ProviderMenu provider={provider} onProvider={onProvider} />
          {asking ? (
            <Button
              size="compact-md"
              color="gray"
              variant="light"
              leftSection={<Square size={11} fill="currentColor" />}
              onClick={() => chat.stop()}
            >
              {t('Stop')}
            </Button>
          ) : (
            <ActionIcon
              type="submit"
              size={34}
              variant="filled"
              color="iris"
              radius="xl"
              aria-label={t('Send')}
              disabled={text.trim() === ''}
            >
              <SendHorizontal size={16} />
            </ActionIcon>
          )}
        </div>
      </div>
    </form>
  );
}
