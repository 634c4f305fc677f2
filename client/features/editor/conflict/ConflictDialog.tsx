import './conflict.css';
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n/t.ts';
import type { MergeConflict, MergeSide } from '../../../../shared/workflow/merge.ts';
import type { CatchUp, OpenMerge } from '../../../stores/catch-up.ts';
import { useEditorStore } from '../../../stores/context.tsx';
import { useCover } from '../../../ui/hotkeys.ts';
import { valueInWords } from '../../../ui/value-words.ts';
import { fieldLabel, shownField } from '../assistant/ReviewFields.tsx';
import { settingNames } from '../change-words.ts';

interface ConflictDialogProps {
  catchUp: CatchUp;
  open: OpenMerge;
  onClose: () => void;
}

/** Each thing that both changed, with both ways it could be. What only one of them changed is merged already. */
export function ConflictDialog({ catchUp, open, onClose }: ConflictDialogProps) {
  useCover();
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeSide>>(new Map());
  const { conflicts } = open;
  const left = conflicts.filter(({ key }) => !choices.has(key)).length;
  const all = (side: MergeSide) => setChoices(new Map(conflicts.map(({ key }) => [key, side])));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('Mine or theirs?')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('Decide later') }}
    >
      <p className="mw-conflict-hint">
        {t('What only one of you changed is kept from both. Choose for what both of you changed.')}
      </p>
      <Group gap={8} mb="md">
        <Button size="compact-md" variant="default" onClick={() => all('mine')}>
          {t('All mine')}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => all('theirs')}>
          {t('All theirs')}
        </Button>
      </Group>
      {[...Map.groupBy(conflicts, ({ nodeId }) => nodeId)].map(([nodeId, own]) => (
        <section key={nodeId ?? ''} className="mw-conflict">
          <h3>{nodeId === null ? t('The workflow') : titleOf(own[0]!, open)}</h3>
          {own.map((conflict) => (
            <Choice
              key={conflict.key}
              conflict={conflict}
              open={open}
              chosen={choices.get(conflict.key) ?? null}
              onChoose={(side) => setChoices(new Map(choices).set(conflict.key, side))}
            />
          ))}
        </section>
      ))}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('Decide later')}
        </Button>
        <Button
          disabled={left > 0}
          onClick={() => {
            catchUp.decide(choices);
            onClose();
          }}
        >
          {left > 0 ? t('{n} to be chosen', { n: left }) : t('Keep these')}
        </Button>
      </Group>
    </Modal>
  );
}

interface ChoiceProps {
  conflict: MergeConflict;
  open: OpenMerge;
  chosen: MergeSide | null;
  onChoose: (side: MergeSide) => void;
}

const sideNames: Readonly<Record<MergeSide, string>> = { mine: t('Mine'), theirs: t('Theirs') };

function Choice({ conflict, open, chosen, onChoose }: ChoiceProps) {
  const shown = useShown(conflict, open);
  return (
    <fieldset className="mw-conflict-choice">
      <legend>{shown.label}</legend>
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side} data-chosen={chosen === side || undefined}>
          <input type="radio" name={conflict.key} checked={chosen === side} onChange={() => onChoose(side)} />
          <span className="mw-conflict-side">{sideNames[side]}</span>
          <span className="mw-conflict-value">{shown[side]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A conflict in words. */
function useShown(conflict: MergeConflict, open: OpenMerge): { label: string; mine: string; theirs: string } {
  const store = useEditorStore();
  const { kind, nodeId, field, mine, theirs } = conflict;
  switch (kind) {
    case 'step': {
      const words = (value: unknown) => (value === undefined ? t('Removed') : t('Kept, with what was changed'));
      return { label: t('The step itself'), mine: words(mine), theirs: words(theirs) };
    }
    case 'setting':
      return {
        label: settingNames[field as keyof typeof settingNames] ?? field,
        mine: valueInWords(mine),
        theirs: valueInWords(theirs),
      };
    case 'field': {
      const own = store.getState().graph.nodes.find(({ id }) => id === nodeId);
      const other = open.theirs.graph.nodes.find(({ id }) => id === nodeId);
      const definition = store.catalogue.get(own?.kind ?? '');
      return {
        label: fieldLabel(field, definition),
        mine: own === undefined ? valueInWords(mine) : shownField(own, field, definition),
        theirs: other === undefined ? valueInWords(theirs) : shownField(other, field, definition),
      };
    }
  }
}

function titleOf({ nodeId }: MergeConflict, { base }: OpenMerge): string {
  const step = base.nodes.find(({ id }) => id === nodeId);
  const group = base.groups?.find(({ id }) => id === nodeId);
  if (step === undefined && group === undefined) return t('A note');
  return step?.title ?? t('Group “{name}”', { name: group?.title ?? '' });
}
