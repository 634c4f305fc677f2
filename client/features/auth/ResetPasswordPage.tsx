import { Alert, Anchor, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { resetPassword } from '../../api/auth.ts';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { Problem } from './Problem.tsx';
import { checkNewPassword, minPassword } from './rules.ts';

function NewPasswordForm({ token }: { token: string }) {
  const form = useForm({ initialValues: { password: '' }, validate: { password: checkNewPassword } });
  const save = useMutation({ mutationFn: (password: string) => resetPassword(token, password) });
  if (save.isSuccess) {
    return (
      <Stack>
        <Alert color="teal" icon={<CircleCheck size={18} />} role="status">
          {t('Your new password is set.')}
        </Alert>
        <Button component={Link} to="/sign-in" size="md" fullWidth>
          {t('Sign in')}
        </Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit(({ password }) => save.mutate(password))} noValidate>
      <Problem error={save.error} />
      <Stack gap="md">
        <PasswordInput
          label={t('New password')}
          description={t('At least {minPassword} characters', { minPassword })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          autoFocus
          size="md"
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={save.isPending} fullWidth>
          {t('Set password')}
        </Button>
      </Stack>
    </form>
  );
}

export default function ResetPasswordPage() {
  const [search] = useSearchParams();
  const token = search.get('token');
  return (
    <AuthFrame
      title={t('Choose a new password')}
      foot={
        <Anchor component={Link} to="/forgot-password">
          {t('Send me another link')}
        </Anchor>
      }
    >
      {token && !search.has('error') ? (
        <NewPasswordForm token={token} />
      ) : (
        <Alert color="red" icon={<CircleAlert size={18} />} role="alert">
          {t('This link has been used already or is too old. Ask for another one.')}
        </Alert>
      )}
    </AuthFrame>
  );
}
