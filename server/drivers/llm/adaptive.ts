/**
 * Asks again without what a model does not know. Models, and even more the servers for local ones, refuse parameters that others need; the
 * refusal (400 or 422) names the parameter. What was refused is remembered per model, so that only the first call pays for it.
 */
export interface Adaptive<F extends string> {
  /** Calls `attempt` with the features that are left until it is not refused for one of them. */
  run<T>(model: string, wanted: readonly F[], attempt: (features: ReadonlySet<F>) => Promise<T>): Promise<T>;
}

const rememberedModels = 200;

/**
 * @param words for each feature, how a refusal mentions it
 * @param suspects the features to blame, in order, when a refusal names none
 */
export function adaptive<F extends string>(words: Record<F, RegExp>, suspects: readonly F[] = []): Adaptive<F> {
  const refused = new Map<string, Set<F>>();

  const remember = (model: string, feature: F) => {
    const features = refused.get(model) ?? new Set<F>();
    features.add(feature);
    if (refused.size >= rememberedModels) refused.clear();
    refused.set(model, features);
  };

  return {
    async run(model, wanted, attempt) {
      const left = new Set(wanted.filter((feature) => !refused.get(model)?.has(feature)));
      for (;;) {
        try {
          return await attempt(left);
        } catch (error) {
          const blamed = blame(error, left, words, suspects);
          if (blamed === undefined) throw error;
          left.delete(blamed);
          remember(model, blamed);
        }
      }
    },
  };
}

function blame<F extends string>(
  error: unknown,
  sent: ReadonlySet<F>,
  words: Record<F, RegExp>,
  suspects: readonly F[],
): F | undefined {
  const { status, message, param } = error as { status?: number; message?: string; param?: string | null };
  if (status !== 400 && status !== 422) return undefined;
  const said = `${param ?? ''} ${message ?? ''}`;
  if (/context (length|window)|too long/i.test(said)) return undefined;
  const named = [...sent].find((feature) => words[feature].test(said));
  return named ?? suspects.find((feature) => sent.has(feature));
}
