import { PencilLine, Trash2 } from 'lucide-react';
import type { Note } from '../../../../shared/workflow/annotations.ts';
import { Markdown } from '../../../canvas/annotations/markdown.tsx';
import { NoteWriting } from '../../../canvas/annotations/NoteBody.tsx';
import { t } from '../../../i18n/t.ts';
import { removeAnnotations } from '../../../stores/annotation-edits.ts';
import { useEditor, useEditorStore } from '../../../stores/context.tsx';

/** The notes of the workflow below its steps, to be read and written there too. */
export function ListNotes({ notes }: { notes: readonly Note[] }) {
  return (
    <li className="mw-list-notes">
      <h2>{t('Notes')}</h2>
      <ul aria-label={t('Notes')}>
        {notes.map((note) => (
          <ListNote key={note.id} note={note} />
        ))}
      </ul>
    </li>
  );
}

function ListNote({ note }: { note: Note }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const writing = useEditor((state) => state.renaming === note.id);
  return (
    <li className="mw-note mw-list-note" data-id={note.id} data-color={note.color}>
      {writing ? (
        <NoteWriting note={note} />
      ) : (
        <div className="mw-note-text">
          {note.text.trim() === '' ? <p className="mw-note-empty">{t('Empty note')}</p> : <Markdown text={note.text} />}
        </div>
      )}
      {readOnly ? null : (
        <span className="mw-list-note-tools">
          <button type="button" aria-label={t('Write')} onClick={() => store.getState().rename(note.id)}>
            <PencilLine size={15} />
          </button>
          <button
            type="button"
            aria-label={t('Delete')}
            onClick={() =>
              store.getState().change(t('Delete note'), (graph) => removeAnnotations(graph, new Set([note.id])))
            }
          >
            <Trash2 size={15} />
          </button>
        </span>
      )}
    </li>
  );
}
