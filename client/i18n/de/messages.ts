import type { Sentences } from '../sentences.ts';

export const messages: Sentences = {};
