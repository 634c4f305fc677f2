import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { createAuthMiddleware, isAPIError } from 'better-auth/api';
import { organization } from 'better-auth/plugins';
import type { Pool } from 'pg';
import { CLIENT_IP_HEADER, limitAttempts, type AttemptLimits } from './attempts.ts';
import {
  alreadyRegisteredMail,
  invitationMail,
  resetPasswordMail,
  verifyAddressMail,
  type SendSystemMail,
} from './mails.ts';
import { accessControl, accessRoles } from './roles.ts';
import {
  accountModel,
  apiKeySchema,
  organizationSchema,
  sessionModel,
  userModel,
  verificationModel,
} from './schema.ts';
import { invitationToken, openInvitation } from './invitation-token.ts';

export const passwordLength = { min: 10, max: 128 } as const;
const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

export interface AuthOptions {
  pool: Pool;
  /** Signs cookies and links; at least 32 characters. */
  secret: string;
  /** Without a slash at the end. `https:` makes cookies Secure with the `__Host-` prefix. */
  publicUrl: string;
  /** Origins that count as ours besides `publicUrl`, given the request's Host. */
  trustedOrigins(host: string | null): string[];
  sendSystemMail: SendSystemMail;
  attempts: AttemptLimits;
  /**
   * People must confirm their address before they can sign in. Then signing up never tells whether an address is known. Without
   * it (a machine of one's own, the built-in inbox) sign-up signs in at once, and therefore says when an address is taken.
   */
  requireVerifiedEmail: boolean;
  /** Gives a new person a workspace. */
  onSignUp(user: { id: string; name: string }): Promise<void>;
  /** Someone accepted an invitation by the link that only their mailbox got: the address is theirs. */
  onAddressProven(userId: string): Promise<void>;
  /** What the library says; never contains passwords or tokens. */
  log?(level: 'error' | 'warn', message: string, cause?: unknown): void;
}

/** The session library, configured. `server/http` mounts a list of its paths; use cases call its `api`. */
export function createAuth(options: AuthOptions) {
  const secure = options.publicUrl.startsWith('https:');
  return betterAuth({
    appName: 'Mailweave',
    baseURL: options.publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: options.pool,
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      disableColors: true,
      log: (level, message, ...rest) => {
        if (level === 'error' || level === 'warn') options.log?.(level, message, rest[0]);
      },
    },
    onAPIError: {
      // Refusals are answers, not news; what broke is.
      onError: (error) => {
        if (!isAPIError(error) || error.statusCode >= 500) options.log?.('error', 'the auth library failed', error);
      },
    },
    trustedOrigins: (request) => options.trustedOrigins(request?.headers.get('host') ?? null),
    user: userModel,
    session: { ...sessionModel, expiresIn: 14 * DAY_S, updateAge: DAY_S },
    account: accountModel,
    verification: { ...verificationModel, storeIdentifier: 'hashed' },
    ...passwords(options),
    // Ours: better-auth's own counts per address only, and in memory.
    rateLimit: { enabled: false },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        await limitAttempts(options.attempts, context);
        return openInvitation(context, options.secret);
      }),
    },
    databaseHooks: { user: { create: { after: (user) => options.onSignUp({ id: user.id, name: user.name }) } } },
    plugins: [workspaces(options), keys()],
    advanced: {
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      // `__Host-` is stricter than the library's own `__Secure-`, which is therefore switched off.
      useSecureCookies: false,
      cookiePrefix: secure ? '__Host-mailweave' : 'mailweave',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;

function passwords({ publicUrl, sendSystemMail, requireVerifiedEmail }: AuthOptions) {
  return {
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      requireEmailVerification: requireVerifiedEmail,
      resetPasswordTokenExpiresIn: HOUR_S,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }: { user: Person; token: string }) =>
        sendSystemMail(resetPasswordMail(user, `${publicUrl}/reset-password?token=${encodeURIComponent(token)}`)),
      onExistingUserSignUp: ({ user }: { user: Person }) => sendSystemMail(alreadyRegisteredMail(user, publicUrl)),
    },
    emailVerification: {
      expiresIn: HOUR_S,
      sendOnSignUp: requireVerifiedEmail,
      sendOnSignIn: requireVerifiedEmail,
      autoSignInAfterVerification: true,
      sendVerificationEmail: ({ user, token }: { user: Person; token: string }) =>
        sendSystemMail(verifyAddressMail(user, `${publicUrl}/verify-email?token=${encodeURIComponent(token)}`)),
    },
  };
}

interface Person {
  name: string;
  email: string;
}

function workspaces({ publicUrl, secret, sendSystemMail, onAddressProven }: AuthOptions) {
  return organization({
    schema: organizationSchema,
    ac: accessControl,
    roles: accessRoles,
    creatorRole: 'owner',
    allowUserToCreateOrganization: false,
    disableOrganizationDeletion: true,
    invitationExpiresIn: 7 * DAY_S,
    cancelPendingInvitationsOnReInvite: true,
    // The link carries a signature that only the mailbox saw; see invitation-token.ts.
    requireEmailVerificationOnInvitation: false,
    organizationHooks: { afterAcceptInvitation: ({ user }) => onAddressProven(user.id) },
    sendInvitationEmail: ({ id, email, role, organization: workspace, inviter }) =>
      sendSystemMail(
        invitationMail(
          { email, role, workspace: workspace.name, inviter: inviter.user.name },
          `${publicUrl}/invitation/${invitationToken(id, secret)}`,
        ),
      ),
  });
}

/** Keys of a workspace: `mw_` and 64 letters, stored as SHA-256. They are looked up by `server/store/workspaces.ts`. */
function keys() {
  return apiKey({
    references: 'organization',
    defaultPrefix: 'mw_',
    startingCharactersConfig: { charactersLength: 10 },
    requireName: true,
    maximumNameLength: 80,
    enableMetadata: true,
    keyExpiration: { maxExpiresIn: 3_650 },
    rateLimit: { enabled: false },
    schema: apiKeySchema,
  });
}
