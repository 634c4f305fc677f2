import { Loader } from '@mantine/core';
import './editor.css';

export function EditorSkeleton() {
  return (
    <div className="mw-editor" role="status" aria-label="Loading">
      <Loader className="mw-center" />
    </div>
  );
}
