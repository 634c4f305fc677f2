import { ActionIcon, Textarea } from '@mantine/core';
import { ArrowUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/t.ts';
import { examples } from './examples.ts';
import classes from './PromptBox.module.css';
import { ProviderPicker } from './ProviderPicker.tsx';
import type { ProviderChoice } from './ProviderPicker.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';

/** "What should happen?" Sending opens the editor, which draws the workflow while it is made. */
export function PromptBox() {
  const navigate = useNavigate();
  const field = useRef<HTMLTextAreaElement>(null);
  const [prompt, setPrompt] = useState('');
  const [provider, setProvider] = useState<ProviderChoice>('auto');
  const [missing, setMissing] = useState(false);
  const empty = prompt.trim() === '';
  const send = () => {
    setMissing(empty);
    if (empty) field.current?.focus();
    else void navigate('/workflows/new', { state: { prompt: prompt.trim(), provider } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={classes.wrap}>
      <div className={classes.box}>
        <Textarea
          ref={field}
          aria-label={t('What should happen?')}
          placeholder={t('When a form is filled in, write a friendly answer with AI and mail it…')}
          variant="unstyled"
          autosize
          minRows={2}
          maxRows={10}
          autoFocus
          value={prompt}
          onChange={(event) => {
            setPrompt(event.currentTarget.value);
            setMissing(false);
          }}
          onKeyDown={onKeyDown}
          classNames={{ input: classes.input ?? '' }}
        />
        <div className={classes.foot}>
          <ProviderPicker value={provider} onChange={setProvider} />
          {missing ? (
            <span className={classes.missing} role="alert">
              {t('Describe what should happen first, in a sentence or two.')}
            </span>
          ) : (
            <span className={classes.hint}>{t('Enter sends, Shift Enter makes a new line')}</span>
          )}
          <Tooltip label={t('Make the workflow')}>
            <ActionIcon
              variant="filled"
              color="iris"
              radius="xl"
              size={38}
              onClick={send}
              aria-label={t('Make the workflow')}
              data-empty={empty}
            >
              <ArrowUp size={19} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <div className={classes.chips}>
        {examples.map((example) => (
          <button
            key={example.label}
            type="button"
            className={classes.chip}
            onClick={() => {
              setPrompt(example.prompt);
              field.current?.focus();
            }}
          >
            {example.label}
          </button>
        ))}
      </div>
    </div>
  );
}
