import type { Sentences } from '../sentences.ts';

export const library: Sentences = {};
