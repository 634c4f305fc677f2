/**
 * Who still has edits that the server has not. The page is loaded anew (another language, a new version) only after all of them were asked to
 * save.
 */
type Save = () => Promise<boolean>;

const holders = new Set<Save>();

/** Registers `save`, which resolves with false when it could not save. @returns how to take it back. */
export function holdsEdits(save: Save): () => void {
  holders.add(save);
  return () => holders.delete(save);
}

/** Saves everything that is unsaved. @returns whether all of it is on the server now. */
export async function saveAll(): Promise<boolean> {
  const results = await Promise.all([...holders].map((save) => save().catch(() => false)));
  return results.every(Boolean);
}

/** Loads the page anew, without losing an edit; `before` is done when all is saved. @returns false when something could not be saved, and nothing was done. */
export async function reloadSaved(before?: () => void): Promise<boolean> {
  if (!(await saveAll())) return false;
  before?.();
  window.location.reload();
  return true;
}
