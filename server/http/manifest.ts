import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { isLanguage } from '../../shared/i18n/languages.ts';
import { speakerFor } from './speaker.ts';

interface Manifest {
  description: string;
  shortcuts: { name: string }[];
}

/**
 * What an installed app is called and offers, in the language that its page asks for (`?language=de`), else in the browser's. Passes on where
 * the folder has none.
 */
export function manifest(folder: string): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== 'GET' || request.path !== '/manifest.webmanifest') return next();
    const text = await readFile(join(folder, 'manifest.webmanifest'), 'utf8').catch(() => null);
    if (text === null) return next();
    const { language: chosen } = request.query;
    const own = JSON.parse(text) as Manifest;
    const { translate, language } = speakerFor(
      request,
      response,
      typeof chosen === 'string' && isLanguage(chosen) ? chosen : undefined,
    );
    const shortcuts = own.shortcuts.map((shortcut) => ({ ...shortcut, name: translate(shortcut.name) }));
    const said = { ...own, lang: language, description: translate(own.description), shortcuts };
    response.setHeader('Cache-Control', 'no-cache').type('application/manifest+json').send(JSON.stringify(said));
  };
}
