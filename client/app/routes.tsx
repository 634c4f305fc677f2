import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { PageError } from './PageError.tsx';
import { PageLoading } from './PageLoading.tsx';

/** A page module with a default export becomes a lazy route: each page is a chunk of its own. */
function page(load: () => Promise<{ default: ComponentType }>): () => Promise<{ Component: ComponentType }> {
  return async () => ({ Component: (await load()).default });
}

/** `rail`: the navigation shrinks to icons and the page gets the whole rest of the window, without margins. */
export interface RouteHandle {
  rail?: boolean;
}

const signedIn: RouteObject[] = [
  { index: true, lazy: page(() => import('../features/home/HomePage.tsx')) },
  { path: 'workflows', lazy: page(() => import('../features/workflows/WorkflowsPage.tsx')) },
  {
    path: 'workflows/:id',
    handle: { rail: true } satisfies RouteHandle,
    lazy: page(() => import('../features/editor/EditorPage.tsx')),
  },
  {
    path: 'runs/:id',
    handle: { rail: true } satisfies RouteHandle,
    lazy: page(() => import('../features/editor/run/RunPage.tsx')),
  },
  { path: 'dashboard', lazy: page(() => import('../features/dashboard/DashboardPage.tsx')) },
  { path: 'runs', lazy: page(() => import('../features/runs/RunsPage.tsx')) },
  { path: 'templates', lazy: page(() => import('../features/templates/TemplatesPage.tsx')) },
  { path: 'inbox', lazy: page(() => import('../features/inbox/InboxPage.tsx')) },
  { path: 'settings/:section?', lazy: page(() => import('../features/settings/SettingsPage.tsx')) },
  { path: 'credits', lazy: page(() => import('../features/credits/CreditsPage.tsx')) },
];

const open: RouteObject[] = [
  { path: 'sign-in', lazy: page(() => import('../features/auth/SignInPage.tsx')) },
  { path: 'sign-up', lazy: page(() => import('../features/auth/SignUpPage.tsx')) },
  { path: 'forgot-password', lazy: page(() => import('../features/auth/ForgotPasswordPage.tsx')) },
  { path: 'reset-password', lazy: page(() => import('../features/auth/ResetPasswordPage.tsx')) },
  { path: 'verify-email', lazy: page(() => import('../features/auth/VerifyEmailPage.tsx')) },
  { path: 'invitation/:id', lazy: page(() => import('../features/auth/InvitationPage.tsx')) },
];

export const routes: RouteObject[] = [
  {
    HydrateFallback: PageLoading,
    ErrorBoundary: PageError,
    children: [
      ...open,
      {
        lazy: page(() => import('./Shell.tsx')),
        children: [
          {
            ErrorBoundary: PageError,
            children: [...signedIn, { path: '*', lazy: page(() => import('./NotFoundPage.tsx')) }],
          },
        ],
      },
    ],
  },
];
