import { AppError } from '../../../shared/errors.ts';
export async function createPreview(..._all: unknown[]): Promise<never> { throw new AppError('not_found', 'soon'); }
export async function getPreview(..._all: unknown[]): Promise<never> { throw new AppError('not_found', 'soon'); }
