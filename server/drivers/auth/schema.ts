/** Our table and column names for the auth library's models; the tables themselves are in migrations/. */
const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export const userModel = { modelName: 'users', fields: { emailVerified: 'email_verified', ...timestamps } } as const;

export const sessionModel = {
  modelName: 'sessions',
  fields: {
    userId: 'user_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    ...timestamps,
  },
} as const;

export const accountModel = {
  modelName: 'accounts',
  fields: {
    userId: 'user_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    ...timestamps,
  },
} as const;

export const verificationModel = {
  modelName: 'verifications',
  fields: { expiresAt: 'expires_at', ...timestamps },
} as const;

export const organizationSchema = {
  session: { fields: { activeOrganizationId: 'active_workspace_id' } },
  organization: { modelName: 'workspaces', fields: { createdAt: 'created_at' } },
  member: {
    modelName: 'members',
    fields: { organizationId: 'workspace_id', userId: 'user_id', createdAt: 'created_at' },
  },
  invitation: {
    modelName: 'invitations',
    fields: {
      organizationId: 'workspace_id',
      inviterId: 'inviter_id',
      expiresAt: 'expires_at',
      createdAt: 'created_at',
    },
  },
} as const;

export const apiKeySchema = {
  apikey: {
    modelName: 'api_keys',
    fields: {
      configId: 'config_id',
      referenceId: 'workspace_id',
      lastRequest: 'last_request',
      expiresAt: 'expires_at',
      refillInterval: 'refill_interval',
      refillAmount: 'refill_amount',
      lastRefillAt: 'last_refill_at',
      rateLimitEnabled: 'rate_limit_enabled',
      rateLimitTimeWindow: 'rate_limit_time_window',
      rateLimitMax: 'rate_limit_max',
      requestCount: 'request_count',
      ...timestamps,
    },
  },
} as const;
