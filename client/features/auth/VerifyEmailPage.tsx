import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { verifyEmail } from '../../api/auth.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { Problem } from './Problem.tsx';

function ConfirmButton({ token }: { token: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => verifyEmail(token),
    onSuccess: async () => {
      await client.resetQueries();
      await navigate('/', { replace: true });
    },
  });
  return (
    <Stack>
      <Problem error={confirm.error} />
      <Button size="md" fullWidth autoFocus loading={confirm.isPending} onClick={() => confirm.mutate()}>
        {t('Confirm and sign in')}
      </Button>
    </Stack>
  );
}

/** Opening the link only shows this page (mail scanners follow links); the button confirms the address and signs in. */
export default function VerifyEmailPage() {
  const [search] = useSearchParams();
  const token = search.get('token');
  return (
    <AuthFrame
      title={t('Confirm your address')}
      text={t('One click, and your workspace is ready.')}
      foot={
        <>
          {rich('The link is too old? <link>Sign in</link> and we send a new one.', {
            link: (inner) => (
              <Anchor component={Link} to="/sign-in">
                {inner}
              </Anchor>
            ),
          })}
        </>
      }
    >
      {token ? (
        <ConfirmButton token={token} />
      ) : (
        <Alert color="red" icon={<CircleAlert size={18} />} role="alert">
          {t('This link is incomplete. Open it from the mail again.')}
        </Alert>
      )}
    </AuthFrame>
  );
}
