import { Button } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { StickyNote } from 'lucide-react';
import { t } from '../../../i18n/t.ts';
import { useEditorStore } from '../../../stores/context.tsx';
import { putNote } from '../commands/arranging.ts';
import { usePanels } from '../context.tsx';

/** A new note in the middle of what is seen, ready to be written on: a phone has no keys for it. */
export function PhoneNote() {
  const store = useEditorStore();
  const panels = usePanels();
  const { screenToFlowPosition, setCenter, getZoom } = useReactFlow();
  return (
    <Button
      variant="default"
      size="md"
      mx={16}
      mb={12}
      leftSection={<StickyNote size={17} aria-hidden="true" />}
      onClick={() => {
        panels.setState({ palette: false });
        const { left = 0, top = 0, width = 0 } = document.querySelector('.mw-canvas')?.getBoundingClientRect() ?? {};
        // In the upper part: the keyboard covers the lower one.
        const note = putNote(store, screenToFlowPosition({ x: left + width / 2, y: top + 200 }));
        if (note === null) return;
        const { position, size } = note;
        // It stands beside the steps that were in its place, which on a phone is out of sight.
        void setCenter(position.x + size.width / 2, position.y + size.height / 2 + 120, {
          zoom: getZoom(),
          duration: 200,
        });
      }}
    >
      {t('Add a sticky note')}
    </Button>
  );
}
