import { Button, Loader, Skeleton } from '@mantine/core';
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import type { ChatMessage } from '../../../../shared/api/assist.ts';
import { t, translate } from '../../../i18n/t.ts';
import type { Ask, Chat } from '../../../stores/chat.ts';
import { creditsInWords } from '../../../ui/format.ts';

/** What was said, oldest first. New answers are read out; the view follows while it stands at the end. */
export function Messages({ chat, empty }: { chat: Chat; empty: ReactNode }) {
  const { messages, asking, status, text, loading } = useStore(chat);
  const proposal = useStore(chat, (state) => state.proposal);
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages, text, asking]);
  const nothing = messages.length === 0 && asking === null;
  return (
    <div
      ref={list}
      className="mw-chat-list"
      role="log"
      aria-label={t('Conversation')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {loading ? <Skeleton height={72} radius="md" /> : null}
      {nothing && !loading ? empty : null}
      {messages.map((message) =>
        message.role === 'user' ? (
          <p key={message.id} className="mw-chat-mine">
            {message.text}
          </p>
        ) : (
          <Answer
            key={message.id}
            message={message}
            shown={message.id === proposal}
            onShow={() => chat.show(message)}
          />
        ),
      )}
      {asking === null ? null : (
        <>
          {wordsOf(asking) === '' ? null : <p className="mw-chat-mine">{wordsOf(asking)}</p>}
          <div className="mw-chat-answer">
            {text === '' ? null : <p className="mw-chat-text">{text}</p>}
            <p className="mw-chat-status">
              <Loader size={13} /> {status}…
            </p>
          </div>
        </>
      )}
    </div>
  );
}

function wordsOf(ask: Ask): string {
  switch (ask.kind) {
    case 'edit':
      return ask.text;
    case 'explain':
      return t('Explain this workflow.');
    case 'fix':
      return ask.text || t('Why did this run fail, and how can it be fixed?');
  }
}

function Answer({ message, shown, onShow }: { message: ChatMessage; shown: boolean; onShow: () => void }) {
  const { text, changes, assumptions, unsupported, problems, costMicro, runId, outcome, patch } = message;
  const errors = problems.filter(({ severity }) => severity === 'error');
  return (
    <article className="mw-chat-answer">
      <p className="mw-chat-text">{text}</p>
      {changes.length === 0 ? null : (
        <ul className="mw-chat-changes">
          {changes.slice(0, 12).map(({ nodeId, title, mark }) => (
            <li key={nodeId} data-mark={mark}>
              <span className="mw-hidden">{markWords[mark]}: </span>
              {title}
            </li>
          ))}
          {changes.length > 12 ? <li>{t('and {n} more', { n: changes.length - 12 })}</li> : null}
        </ul>
      )}
      <Notes
        title={t('Not done')}
        notes={unsupported.map((part) => `“${part.text}”: ${part.reason} ${part.suggestion ?? ''}`)}
      />
      <Notes title={t('Assumed')} notes={assumptions} />
      <Notes title={t('Still to do')} notes={errors.map((one) => translate(one.message))} />
      <footer>
        {outcome === null ? null : <Outcome outcome={outcome} shown={shown} />}
        {outcome === 'open' && patch !== null && !shown ? (
          <Button size="compact-xs" variant="light" onClick={onShow}>
            {t('Show on the canvas')}
          </Button>
        ) : null}
        {runId === null ? null : <Link to={`/runs/${runId}`}>{t('The run')}</Link>}
        {costMicro > 0 ? <span>{creditsInWords(costMicro)}</span> : null}
      </footer>
    </article>
  );
}

const markWords = { added: t('Added'), changed: t('Changed'), removed: t('Removed') } as const;

function Notes({ title, notes }: { title: string; notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="mw-chat-notes">
        {notes.slice(0, 10).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

const outcomes = {
  accepted: t('Accepted'),
  partly: t('Accepted in part'),
  rejected: t('Rejected'),
  superseded: t('Developed further'),
  open: t('Not decided'),
} as const;

function Outcome({ outcome, shown }: { outcome: NonNullable<ChatMessage['outcome']>; shown: boolean }) {
  const Icon =
    outcome === 'rejected' ? CircleX : outcome === 'open' || outcome === 'superseded' ? CircleDashed : CircleCheck;
  return (
    <span className="mw-chat-outcome" data-outcome={outcome}>
      <Icon size={14} aria-hidden="true" /> {shown ? t('On the canvas, to be decided') : outcomes[outcome]}
    </span>
  );
}
