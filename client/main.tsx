import { loadTranslation } from './i18n/language.ts';

// One after the other: constants of modules hold texts.
await loadTranslation();
const { start } = await import('./app/start.tsx');
start();
