import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { api, query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { canEdit, useMe } from '../../api/session.ts';
import { useSocketEvent } from '../../api/socket.ts';
import { useDocumentTitle } from '../../ui/Page.tsx';
import { Failed } from '../../ui/States.tsx';
import { EditorProvider, useInfo, useSession } from './context.tsx';
import { EditorView } from './EditorView.tsx';
import type { EditorRequest } from './EditorView.tsx';
import { EditorSkeleton } from './EditorSkeleton.tsx';
import { forgetRun, recallRun } from './run/last-run.ts';
import { createEditorSession } from './session.ts';
import type { EditorSession, SessionSource } from './session.ts';

/** `/workflows/new` and `/workflows/:id`. A new workflow keeps its page (history, proposal) when it gets its address. */
export default function EditorPage() {
  const { id = 'new' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const [born, setBorn] = useState<string | null>(null);
  const newKey = useRef(location.key);
  const request = useRef<EditorRequest | null>(null);
  if (id === 'new') {
    newKey.current = location.key;
    request.current = (location.state ?? null) as EditorRequest | null;
  }
  if (id === 'new' || id === born) {
    return (
      <Opened
        key={newKey.current}
        workflow={null}
        request={request.current}
        onCreated={(created) => {
          setBorn(created);
          void navigate(`/workflows/${created}`, { replace: true });
        }}
      />
    );
  }
  return <Existing key={id} id={id} request={(location.state ?? null) as EditorRequest | null} />;
}

function Existing({ id, request }: { id: string; request: EditorRequest | null }) {
  // What the page was opened with; a later navigation on it asks for nothing.
  const asked = useRef(request);
  // The editor owns the draft from here on: a refetch in the background must not touch it.
  const workflow = useQuery({
    ...query.workflows.get.queryOptions({ input: { id } }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (workflow.isError) return <Failed failure={failureOf(workflow.error)} onRetry={() => void workflow.refetch()} />;
  if (workflow.data === undefined) return <EditorSkeleton />;
  return <Opened workflow={workflow.data} request={asked.current} onCreated={() => {}} />;
}

interface OpenedProps {
  workflow: SessionSource | null;
  request: EditorRequest | null;
  onCreated: (id: string) => void;
}

function Opened({ workflow, request, onCreated }: OpenedProps) {
  const me = useMe();
  const created = useRef(onCreated);
  created.current = onCreated;
  const [session] = useState(() =>
    createEditorSession({ workflow, readOnly: !canEdit(me.workspace.role), onCreated: (id) => created.current(id) }),
  );
  useEffect(() => session.start(), [session]);
  useEffect(() => void takeUpRun(session), [session]);
  return (
    <EditorProvider session={session}>
      <Listening />
      <EditorView request={request} />
    </EditorProvider>
  );
}

/** A reload in the middle of a run goes on showing it, from its first event. A run that is gone is forgotten. */
async function takeUpRun(session: EditorSession): Promise<void> {
  const { id } = session.info.getState();
  const runId = id === null ? null : recallRun(id);
  if (runId === null) return;
  try {
    const run = await api.runs.get({ id: runId });
    if (session.runs.getState().runId === null) session.runs.follow(run.id, run.graph, run.events);
  } catch {
    forgetRun(id);
  }
}

/** Hears of saves in other tabs; names the browser tab. */
function Listening() {
  const session = useSession();
  useDocumentTitle(useInfo((info) => info.name));
  useSocketEvent('workflow.saved', (message) => {
    if (message.workflowId === session.info.getState().id) session.draft.noticed(message.revision, message.by);
  });
  return null;
}
