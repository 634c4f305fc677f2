import { ActionIcon, Button, CloseButton, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, CircleAlert, Info, MessagesSquare, Sparkles, Square } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../../../api/client.ts';
import { plural, t, translate } from '../../../i18n/t.ts';
import { useEditor } from '../../../stores/context.tsx';
import type { Composer, ComposeResult } from '../../../stores/composition.ts';
import { creditsInWords } from '../../../ui/format.ts';

export type ProviderChoice = 'auto' | 'openai' | 'claude' | 'inhouse' | 'builtin';

export interface PromptBarProps {
  composer: Composer;
  provider: ProviderChoice;
  onProvider: (provider: ProviderChoice) => void;
  /** What stands in the bar; the empty canvas fills it with its examples. */
  text: string;
  onText: (text: string) => void;
  /** Makes a workflow of it on an empty canvas, asks for a change where there are steps: what is there is never replaced. */
  onSend: (prompt: string) => void;
  /** The conversation has a bar of its own. */
  hidden: boolean;
  /** Opens the conversation; where the header has no room for its button. */
  onConversation: (() => void) | null;
}

/** The round bar at the bottom: a request in words becomes steps above it. */
export function PromptBar({
  composer,
  provider,
  onProvider,
  text,
  onText,
  onSend,
  hidden,
  onConversation,
}: PromptBarProps) {
  const state = useStore(composer);
  const empty = useEditor((one) => one.graph.nodes.length === 0);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (empty && window.innerWidth >= 768) input.current?.focus();
  }, [empty]);
  const making = state.phase === 'making';
  const fresh = empty || making;
  return (
    <div className="mw-prompt-area">
      {making ? <Making text={state.text} /> : null}
      {state.phase === 'proposal' ? (
        <Proposal composer={composer} result={state.result} replaced={state.replaced} />
      ) : null}
      {state.error === null ? null : (
        <div className="mw-prompt-error" role="alert">
          <CircleAlert size={15} aria-hidden="true" />
          <span>{translate(state.error.message)}</span>
          <CloseButton size="sm" aria-label={t('Close')} onClick={() => composer.clearError()} />
        </div>
      )}
      <form
        className="mw-pill mw-prompt"
        hidden={hidden && !making}
        onSubmit={(event) => {
          event.preventDefault();
          if (!making) onSend(text);
        }}
      >
        {onConversation === null || fresh ? (
          <ProviderMenu provider={provider} onProvider={onProvider} />
        ) : (
          <ActionIcon size={36} radius="xl" aria-label={t('Assistant')} onClick={onConversation}>
            <MessagesSquare size={17} />
          </ActionIcon>
        )}
        <textarea
          ref={input}
          className="mw-prompt-input"
          rows={1}
          aria-label={fresh ? t('Describe a workflow') : t('Ask for a change')}
          placeholder={fresh ? t('Describe a workflow, e.g. welcome new leads…') : t('Ask for a change…')}
          value={text}
          disabled={making}
          onChange={(event) => onText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        {making ? (
          <Button
            className="mw-round"
            color="gray"
            variant="light"
            leftSection={<Square size={12} fill="currentColor" />}
            onClick={() => composer.stop()}
          >
            {t('Stop')}
          </Button>
        ) : (
          <Button className="mw-round" type="submit">
            {fresh ? t('Weave') : t('Ask')}
          </Button>
        )}
      </form>
    </div>
  );
}

const loadChoices = () => import('./ProviderChoices.tsx');
const Choices = lazy(async () => ({ default: (await loadChoices()).ProviderChoices }));
const prefetchChoices = () => void loadChoices().catch(() => undefined);

/** Which of the providers is to do it. */
export function ProviderMenu({ provider, onProvider }: Pick<PromptBarProps, 'provider' | 'onProvider'>) {
  const [wanted, setWanted] = useState(false);
  const providers = useQuery(query.compose.providers.queryOptions());
  const items = providers.data?.items ?? [];
  const standard = items.find((one) => one.id === providers.data?.default);
  const current = provider === 'auto' ? standard?.label : items.find((one) => one.id === provider)?.label;
  const button = (
    <ActionIcon
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
      onPointerEnter={prefetchChoices}
      onFocus={prefetchChoices}
      size={36}
      radius="xl"
      aria-label={t('Made by {current}. Choose another', { current: current ?? t('the default provider') })}
      title={current}
    >
      <Sparkles size={17} />
      <ChevronDown size={11} />
    </ActionIcon>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Choices provider={provider} onProvider={onProvider} target={button} />
    </Suspense>
  );
}

function Making({ text }: { text: string }) {
  return (
    <div className="mw-making" role="status">
      <Loader size={14} />
      <span>{text}…</span>
    </div>
  );
}

/** What was made, what was assumed, what could not be mapped; kept or taken back as a whole. */
function Proposal({
  composer,
  result,
  replaced,
}: {
  composer: Composer;
  result: ComposeResult | null;
  replaced: number;
}) {
  const [details, setDetails] = useState(() => window.innerWidth >= 1024);
  const notes = result === null ? 0 : result.assumptions.length + result.unsupported.length;
  return (
    <div className="mw-proposal" role="group" aria-label={t('Proposal')}>
      {details && result !== null ? <ProposalCard result={result} replaced={replaced} /> : null}
      <div className="mw-pill mw-proposal-bar">
        {result === null ? <span className="mw-proposal-note">{t('Stopped half-way')}</span> : null}
        {result !== null ? (
          <Button
            variant="subtle"
            color="gray"
            className="mw-round"
            leftSection={<Info size={15} />}
            aria-expanded={details}
            onClick={() => setDetails(!details)}
          >
            {notes > 0 ? plural(notes, '{n} note', '{n} notes') : t('Summary')}
          </Button>
        ) : null}
        <Button variant="default" className="mw-round" onClick={() => composer.discard()}>
          {t('Undo')}
        </Button>
        <Button className="mw-round" leftSection={<Check size={15} />} onClick={() => composer.keep()}>
          {t('Keep')}
        </Button>
      </div>
    </div>
  );
}

function ProposalCard({ result, replaced }: { result: ComposeResult; replaced: number }) {
  return (
    <div className="mw-proposal-card">
      <p className="mw-proposal-summary">{result.summary}</p>
      {replaced > 0 ? (
        <p className="mw-proposal-dim">
          {plural(replaced, 'Replaces the step that was here.', 'Replaces the {n} steps that were here.')}
        </p>
      ) : null}
      {result.unsupported.length > 0 ? (
        <>
          <h3>{t('Could not be mapped')}</h3>
          <ul data-tone="attention">
            {result.unsupported.map((part) => (
              <li key={part.text}>
                <strong>“{part.text}”</strong> {part.reason} {part.suggestion ?? ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {result.assumptions.length > 0 ? (
        <>
          <h3>{t('Assumed')}</h3>
          <ul>
            {result.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="mw-proposal-dim">
        {result.costMicro > 0
          ? t('Made for {credits}.', { credits: creditsInWords(result.costMicro) })
          : t('Made for free.')}
      </p>
    </div>
  );
}
