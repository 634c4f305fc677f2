import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { signUp } from '../../api/auth.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { safeNext, withNext } from './next.ts';
import { Problem } from './Problem.tsx';
import { checkEmail, checkFilled, checkNewPassword, minPassword } from './rules.ts';

/** "Every Monday at 8" means 8 o'clock where the person is. A failure is no reason to stop: it can be set in the settings. */
async function setLocalTimezone(): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { api } = await import('../../api/client.ts');
  await api.workspace.update({ timezone: timeZone }).catch(() => undefined);
}

export default function SignUpPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const form = useForm({
    initialValues: { name: '', email: search.get('email') ?? '', password: '' },
    validate: { name: checkFilled(t('Enter your name')), email: checkEmail, password: checkNewPassword },
  });
  const join = useMutation({
    mutationFn: signUp,
    onSuccess: async (signedIn) => {
      if (!signedIn) return;
      await setLocalTimezone();
      await client.resetQueries();
      await navigate(safeNext(search), { replace: true });
    },
  });
  if (join.data === false) {
    return (
      <AuthFrame title={t('One more step')}>
        <Alert color="teal" icon={<MailCheck size={18} />} title={t('Look into your mail')} role="status">
          {t('We sent a link to {email}. Open it to confirm the address, then sign in.', {
            email: form.values.email.trim(),
          })}
        </Alert>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title={t('Create your account')}
      text={t('You get a workspace of your own with credits to start.')}
      foot={
        <>
          {rich('Already have one? <link>Sign in</link>', {
            link: (inner) => (
              <Anchor component={Link} to={withNext('/sign-in', search)}>
                {inner}
              </Anchor>
            ),
          })}
        </>
      }
    >
      <form
        onSubmit={form.onSubmit((values) =>
          join.mutate({ ...values, name: values.name.trim(), email: values.email.trim() }),
        )}
        noValidate
      >
        <Problem error={join.error} />
        <Stack gap="md">
          <TextInput label={t('Name')} autoComplete="name" autoFocus size="md" {...form.getInputProps('name')} />
          <TextInput
            label={t('E-mail')}
            type="email"
            autoComplete="username"
            size="md"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('Password')}
            description={t('At least {minPassword} characters', { minPassword })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={join.isPending} fullWidth>
            {t('Create account')}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
