import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import VerifyEmailPage from './VerifyEmailPage.tsx';

const fetched = vi.spyOn(globalThis, 'fetch');

function open(address: string): void {
  const router = createMemoryRouter(
    [
      { path: '/verify-email', Component: VerifyEmailPage },
      { path: '/', element: <p>Home</p> },
    ],
    { initialEntries: [address] },
  );
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

afterEach(() => {
  cleanup();
  fetched.mockReset();
});

test('opening the link confirms nothing; the button does, and leads into the product', async () => {
  fetched.mockResolvedValue(Response.json({ status: true }));
  open('/verify-email?token=a%2Bb');
  const button = await screen.findByRole('button', { name: 'Confirm and sign in' });
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.click(button);
  await screen.findByText('Home');
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(['/api/auth/verify-email?token=a%2Bb']);
});

test('a refused link says why and how to get another', async () => {
  const error = { code: 'unauthorized', message: 'This link has expired.' };
  fetched.mockResolvedValue(Response.json({ error }, { status: 401 }));
  open('/verify-email?token=old');
  fireEvent.click(await screen.findByRole('button', { name: 'Confirm and sign in' }));
  expect((await screen.findByRole('alert')).textContent).toBe('This link has expired.');
  expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
});

test('a link without its token offers nothing to press', async () => {
  open('/verify-email');
  expect((await screen.findByRole('alert')).textContent).toContain('incomplete');
  expect(screen.queryByRole('button')).toBeNull();
});
