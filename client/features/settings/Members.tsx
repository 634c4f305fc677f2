import { ActionIcon, Avatar, Badge, Button, Select, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '../../../shared/api/workspace.ts';
import { query } from '../../api/client.ts';
import { failureOf } from '../../api/errors.ts';
import { useMe } from '../../api/session.ts';
import { t } from '../../i18n/t.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { formatDate } from '../../ui/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Failed } from '../../ui/States.tsx';
import { toastDone, toastProblem } from '../../ui/toast.ts';
import { InviteForm } from './InviteForm.tsx';
import { roleChoices, roleWords } from './roleWords.ts';
import classes from './Settings.module.css';
import { Tooltip } from '../../ui/Tooltip.tsx';

interface Member {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
}

function useRefreshMembers(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: query.workspace.members.key() });
}

function RemoveMember({ member }: { member: Member }) {
  const refresh = useRefreshMembers();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    query.workspace.removeMember.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await refresh();
        toastDone(t('{name} is no longer a member', { name: member.name }));
      },
      onError: (error) => toastProblem(t('The member could not be removed'), failureOf(error).message),
    }),
  );
  return (
    <>
      <Tooltip label={t('Remove')}>
        <ActionIcon size={34} aria-label={t('Remove {name}', { name: member.name })} onClick={() => setAsking(true)}>
          <X size={17} />
        </ActionIcon>
      </Tooltip>
      <Confirm
        opened={asking}
        title={t('Remove {name}?', { name: member.name })}
        text={t('They lose access at once. What they built stays.')}
        action={t('Remove')}
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ id: member.id })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

function MemberRow({ member, owner, self }: { member: Member; owner: boolean; self: boolean }) {
  const refresh = useRefreshMembers();
  const setRole = useMutation(
    query.workspace.setRole.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toastProblem(t('The role could not be changed'), failureOf(error).message),
    }),
  );
  return (
    <div className={classes.row}>
      <Avatar name={member.name} color="iris" size={34} />
      <div className={classes.grow}>
        <div className={classes.strong}>
          {member.name} {self ? <Badge ml={4}>{t('You')}</Badge> : null}
        </div>
        <div className={classes.dim}>{member.email}</div>
      </div>
      {owner && !self ? (
        <>
          <Select
            aria-label={t('Role of {name}', { name: member.name })}
            data={roleChoices}
            value={member.role}
            allowDeselect={false}
            disabled={setRole.isPending}
            onChange={(role) => role && setRole.mutate({ id: member.id, role })}
            w={116}
          />
          <RemoveMember member={member} />
        </>
      ) : (
        <Badge color="gray">{roleWords[member.role]}</Badge>
      )}
    </div>
  );
}

function InvitationRow({
  id,
  email,
  role,
  expiresAt,
  owner,
}: {
  id: string;
  email: string;
  role: Role;
  expiresAt: string;
  owner: boolean;
}) {
  const refresh = useRefreshMembers();
  const revoke = useMutation(
    query.workspace.revokeInvitation.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toastProblem(t('The invitation could not be withdrawn'), failureOf(error).message),
    }),
  );
  return (
    <div className={classes.row}>
      <div className={classes.grow}>
        <div className={classes.strong}>{email}</div>
        <div className={classes.dim}>
          {t('Invited as {role}, until {date}', { role: roleWords[role], date: formatDate(expiresAt) })}
        </div>
      </div>
      {owner ? (
        <Button variant="default" size="xs" loading={revoke.isPending} onClick={() => revoke.mutate({ id })}>
          {t('Withdraw')}
        </Button>
      ) : null}
    </div>
  );
}

export function Members() {
  const me = useMe();
  const list = useQuery(query.workspace.members.queryOptions());
  const owner = me.workspace.role === 'owner';
  if (list.isPending) return <Skeleton height={240} radius="lg" />;
  if (list.isError) return <Failed failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  return (
    <>
      {owner ? <InviteForm /> : null}
      <Panel title={t('Members')} flush>
        {list.data.members.map((member) => (
          <MemberRow key={member.id} member={member} owner={owner} self={member.userId === me.user.id} />
        ))}
      </Panel>
      {list.data.invitations.length > 0 ? (
        <Panel title={t('Open invitations')} flush>
          {list.data.invitations.map((invitation) => (
            <InvitationRow key={invitation.id} {...invitation} owner={owner} />
          ))}
        </Panel>
      ) : null}
    </>
  );
}
