/** A reason not to start that names its remedy: shown without a stack, since the reader is an operator and no programmer. */
export class StartupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupError';
  }
}
