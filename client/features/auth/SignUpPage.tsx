import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { signUp } from '../../api/auth.ts';
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
    validate: { name: checkFilled('your name'), email: checkEmail, password: checkNewPassword },
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
      <AuthFrame title="One more step">
        <Alert color="teal" icon={<MailCheck size={18} />} title="Look into your mail" role="status">
          We sent a link to {form.values.email.trim()}. Open it to confirm the address, then sign in.
        </Alert>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame
      title="Create your account"
      text="You get a workspace of your own with credits to start."
      foot={
        <>
          Already have one?{' '}
          <Anchor component={Link} to={withNext('/sign-in', search)}>
            Sign in
          </Anchor>
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
          <TextInput label="Name" autoComplete="name" autoFocus size="md" {...form.getInputProps('name')} />
          <TextInput label="E-mail" type="email" autoComplete="username" size="md" {...form.getInputProps('email')} />
          <PasswordInput
            label="Password"
            description={`At least ${minPassword} characters`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={join.isPending} fullWidth>
            Create account
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
