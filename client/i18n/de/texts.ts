import type { Texts } from '../translation.ts';

export const texts: Texts = {};
