import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { verifyEmail } from '../../api/auth.ts';
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
        Confirm and sign in
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
      title="Confirm your address"
      text="One click, and your workspace is ready."
      foot={
        <>
          The link is too old?{' '}
          <Anchor component={Link} to="/sign-in">
            Sign in
          </Anchor>{' '}
          and we send a new one.
        </>
      }
    >
      {token ? (
        <ConfirmButton token={token} />
      ) : (
        <Alert color="red" icon={<CircleAlert size={18} />} role="alert">
          This link is incomplete. Open it from the mail again.
        </Alert>
      )}
    </AuthFrame>
  );
}
