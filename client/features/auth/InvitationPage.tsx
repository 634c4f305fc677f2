import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { acceptInvitation, declineInvitation, getInvitation } from '../../api/auth.ts';
import type { Invitation } from '../../api/auth.ts';
import { failureOf } from '../../api/errors.ts';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { Problem } from './Problem.tsx';

const roleWords: Record<string, string> = {
  owner: t('As an owner you can do everything, members and credits included.'),
  editor: t('As an editor you can build and run workflows.'),
  viewer: t('As a viewer you can look at workflows and runs.'),
};

function SignedOut({ id }: { id: string }) {
  const next = encodeURIComponent(`/invitation/${id}`);
  return (
    <AuthFrame
      title={t('You have an invitation')}
      text={t('Sign in with the address it was sent to, or create an account for it.')}
    >
      <Stack>
        <Button component={Link} to={`/sign-up?next=${next}`} size="md">
          {t('Create an account')}
        </Button>
        <Button component={Link} to={`/sign-in?next=${next}`} size="md" variant="default">
          {t('Sign in')}
        </Button>
      </Stack>
    </AuthFrame>
  );
}

function Choice({ invitation }: { invitation: Invitation }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = async () => {
    await client.resetQueries();
    await navigate('/', { replace: true });
  };
  const accept = useMutation({ mutationFn: () => acceptInvitation(invitation.id), onSuccess: leave });
  const decline = useMutation({ mutationFn: () => declineInvitation(invitation.id), onSuccess: leave });
  return (
    <AuthFrame
      title={t('Join {workspaceName}', { workspaceName: invitation.workspaceName })}
      text={t('{inviterEmail} invites {email}.', { inviterEmail: invitation.inviterEmail, email: invitation.email })}
    >
      <Problem error={accept.error ?? decline.error} />
      <Text mb="lg">{roleWords[invitation.role] ?? ''}</Text>
      <Group grow>
        <Button variant="default" size="md" loading={decline.isPending} onClick={() => decline.mutate()}>
          {t('Decline')}
        </Button>
        <Button size="md" loading={accept.isPending} onClick={() => accept.mutate()}>
          {t('Accept')}
        </Button>
      </Group>
    </AuthFrame>
  );
}

/** Opening the link only shows the invitation (mail scanners follow links); the button accepts it. */
export default function InvitationPage() {
  const { id = '' } = useParams();
  const invitation = useQuery({ queryKey: ['invitation', id], queryFn: () => getInvitation(id), retry: false });
  if (invitation.data) return <Choice invitation={invitation.data} />;
  if (invitation.isPending) {
    return (
      <AuthFrame title={t('Invitation')}>
        <Loader size="sm" />
      </AuthFrame>
    );
  }
  if (failureOf(invitation.error).code === 'unauthorized') return <SignedOut id={id} />;
  return (
    <AuthFrame title={t('This invitation does not work')}>
      <Problem error={invitation.error} />
      <Button component={Link} to="/" variant="default">
        {t('Go to Mailweave')}
      </Button>
    </AuthFrame>
  );
}
