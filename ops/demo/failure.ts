/** Why the demo cannot go on, in words for the person at the terminal. Anything else that is thrown is a defect of ours. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

/**
 * Hands on the promise, or fails with what was being waited for.
 * @throws DemoFailure after `ms` milliseconds
 */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DemoFailure(`${what} took longer than ${Math.round(ms / 1_000)} s.`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
