import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { signIn } from '../../api/auth.ts';
import { rich } from '../../i18n/rich.tsx';
import { t } from '../../i18n/t.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { safeNext, withNext } from './next.ts';
import { Problem } from './Problem.tsx';
import { checkEmail, checkFilled } from './rules.ts';

export default function SignInPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const form = useForm({
    initialValues: { email: search.get('email') ?? '', password: '' },
    validate: { email: checkEmail, password: checkFilled(t('Enter your password')) },
  });
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await client.resetQueries();
      await navigate(safeNext(search), { replace: true });
    },
  });
  return (
    <AuthFrame
      title={t('Welcome back')}
      text={t('Sign in to your workflows.')}
      foot={
        <>
          {rich('New here? <link>Create an account</link>', {
            link: (inner) => (
              <Anchor component={Link} to={withNext('/sign-up', search)}>
                {inner}
              </Anchor>
            ),
          })}
        </>
      }
    >
      <form onSubmit={form.onSubmit((values) => enter.mutate({ ...values, email: values.email.trim() }))} noValidate>
        <Problem error={enter.error} />
        <Stack gap="md">
          <TextInput
            label={t('E-mail')}
            type="email"
            autoComplete="username"
            autoFocus
            size="md"
            {...form.getInputProps('email')}
          />
          <div>
            <PasswordInput
              label={t('Password')}
              autoComplete="current-password"
              size="md"
              {...form.getInputProps('password')}
            />
            <Group justify="flex-end" mt={6}>
              <Anchor component={Link} to="/forgot-password" size="sm">
                {t('Forgot it?')}
              </Anchor>
            </Group>
          </div>
          <Button type="submit" size="md" loading={enter.isPending} fullWidth>
            {t('Sign in')}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
