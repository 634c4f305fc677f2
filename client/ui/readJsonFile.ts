import { t } from '../i18n/t.ts';

/** The server takes no larger request. */
const maxBytes = 2_000_000;

/** A file's JSON, or why there is none, in words. */
export async function readJsonFile(
  file: Pick<File, 'size' | 'text'>,
): Promise<{ json: unknown } | { problem: string }> {
  if (file.size > maxBytes) return { problem: t('This file is larger than 2 MB') };
  try {
    return { json: JSON.parse(await file.text()) as unknown };
  } catch {
    return { problem: t('This file is not JSON') };
  }
}

/** A name for a downloaded file that every system can keep. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w\s-]+/g, '')
    .trim()
    .replace(/\s+/g, '-')
    .toLowerCase()
    .slice(0, 60);
  return `${plain || 'workflow'}.json`;
}
