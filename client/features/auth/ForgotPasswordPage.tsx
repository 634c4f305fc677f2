import { Alert, Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { Link } from 'react-router';
import { requestPasswordReset } from '../../api/auth.ts';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { Problem } from './Problem.tsx';
import { checkEmail } from './rules.ts';

export default function ForgotPasswordPage() {
  const form = useForm({ initialValues: { email: '' }, validate: { email: checkEmail } });
  const ask = useMutation({ mutationFn: requestPasswordReset });
  return (
    <AuthFrame
      title={t('Forgot your password?')}
      text={t('We mail you a link to choose a new one.')}
      foot={
        <Anchor component={Link} to="/sign-in">
          {t('Back to sign in')}
        </Anchor>
      }
    >
      {ask.isSuccess ? (
        <Alert color="teal" icon={<MailCheck size={18} />} title={t('Look into your mail')} role="status">
          {t('If {email} has an account, a link is on its way. It works for one hour.', {
            email: form.values.email.trim(),
          })}
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()))} noValidate>
          <Problem error={ask.error} />
          <Stack gap="md">
            <TextInput
              label={t('E-mail')}
              type="email"
              autoComplete="username"
              autoFocus
              size="md"
              {...form.getInputProps('email')}
            />
            <Button type="submit" size="md" loading={ask.isPending} fullWidth>
              {t('Send the link')}
            </Button>
          </Stack>
        </form>
      )}
    </AuthFrame>
  );
}
