import './people.css';
import { Avatar } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { listed, t } from '../../../i18n/t.ts';
import type { PersonHere } from '../../../../shared/api/socket.ts';
import { useMe } from '../../../api/session.ts';
import { withSocket } from '../../../api/socket.ts';
import { announce } from '../../../ui/announce.ts';
import { useInfo, useSession } from '../context.tsx';
import { Tooltip } from '../../../ui/Tooltip.tsx';

const shownAtOnce = { phone: 1, desktop: 3 } as const;
const answerMs = 8_000;

/** Who else has this workflow open. Nothing while one is alone. */
export function People({ phone }: { phone: boolean }) {
  const me = useMe();
  const id = useInfo((info) => info.id);
  const others = usePeople(id).filter(({ userId }) => userId !== me.user.id);
  if (others.length === 0) return null;
  const room = phone ? shownAtOnce.phone : shownAtOnce.desktop;
  const shown = others.length > room ? others.slice(0, Math.max(1, room - 1)) : others;
  const rest = others.slice(shown.length);
  return (
    <ul className="mw-people" aria-label={t('Also here')}>
      {shown.map(({ userId, name }) => (
        <li key={userId}>
          <Tooltip label={t('{name} has this workflow open', { name })}>
            <Avatar size={28} radius="xl" name={name} color="initials" alt={name} tabIndex={0} />
          </Tooltip>
        </li>
      ))}
      {rest.length === 0 ? null : (
        <li>
          <Tooltip label={listed(rest.map(({ name }) => name))}>
            <Avatar size={28} radius="xl" alt={listed(rest.map(({ name }) => name))} tabIndex={0}>
              +{rest.length}
            </Avatar>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}

/** Says at the server that the workflow is on this screen, and hears on whose else it is. What was saved before we came is taken in. */
function usePeople(workflowId: string | null): readonly PersonHere[] {
  const session = useSession();
  const me = useMe();
  const [people, setPeople] = useState<readonly PersonHere[]>([]);
  const show = useEffectEvent((next: readonly PersonHere[]) => {
    const known = new Set(people.map(({ userId }) => userId));
    const fresh = next.filter(({ userId }) => userId !== me.user.id && !known.has(userId));
    if (fresh.length > 0) announce(t('{names} also here', { names: listed(fresh.map(({ name }) => name)) }));
    setPeople(next);
  });
  useEffect(() => {
    if (workflowId === null) return;
    return withSocket((socket) => {
      const open = async () => {
        const answer = await socket
          .timeout(answerMs)
          .emitWithAck('workflow.open', { workflowId })
          .catch(() => null);
        if (answer === null || 'error' in answer) return;
        show(answer.people);
        session.draft.noticed(answer.revision, null);
      };
      const hear = (message: { workflowId: string; people: PersonHere[] }) => {
        if (message.workflowId === workflowId) show(message.people);
      };
      const onConnect = () => void open();
      const onLost = () => setPeople([]);
      if (socket.connected) onConnect();
      socket.on('connect', onConnect);
      socket.on('disconnect', onLost);
      socket.on('workflow.people', hear);
      return () => {
        socket.off('connect', onConnect);
        socket.off('disconnect', onLost);
        socket.off('workflow.people', hear);
        if (socket.connected) socket.emit('workflow.close', { workflowId });
      };
    });
  }, [workflowId, session]);
  return people;
}
