import { expect, type Locator, type Page } from '@playwright/test';

/** A step on the canvas. */
export function step(page: Page, id: string): Locator {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

/** All steps on the canvas. */
export function steps(page: Page): Locator {
  return page.locator('.react-flow__node');
}

/** All connections on the canvas. */
export function connections(page: Page): Locator {
  return page.locator('.react-flow__edge');
}

/** A setting in the panel, by its name in the step's config. */
export function field(page: Page, name: string): Locator {
  return page.locator(`[data-field="${name}"]`);
}

export async function openEditor(page: Page, workflowId: string): Promise<void> {
  await page.goto(`/workflows/${workflowId}`);
  await expect(steps(page).first()).toBeVisible();
}

/** Opens a step's settings by a click on it. */
export async function openStep(page: Page, id: string): Promise<Locator> {
  await step(page, id).locator('.mw-step-head').click();
  const panel = page.getByRole('complementary', { name: 'Settings of the step' });
  await expect(panel).toBeVisible();
  return panel;
}

/** Replaces what stands in a text or expression field of the panel. */
export async function write(page: Page, name: string, text: string): Promise<void> {
  // The editor of expressions is loaded on first use and takes the place of a plain field.
  const isExpression = await field(page, name).evaluate((element) => element.classList.contains('mw-expression-field'));
  const place = field(page, name)
    .locator(isExpression ? '.cm-content' : '.cm-content, input, textarea')
    .first();
  await place.click();
  await expect(place).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Waits until the header says that the draft is on the server. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('.mw-saved')).toHaveAttribute('data-kind', 'saved');
}

/** Drags with the mouse in steps, as a hand does. */
export async function drag(page: Page, from: Locator, by: { x: number; y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + by.x / 2, start.y + by.y / 2, { steps: 5 });
  await page.mouse.move(start.x + by.x, start.y + by.y, { steps: 5 });
  await page.mouse.up();
}

/** The port of a step: `in`, `out`, a branch, `error`. */
export function port(page: Page, id: string, name: string): Locator {
  return step(page, id).locator(`.react-flow__handle[data-handleid="${name}"]`);
}

/** Where an element stands once it has stopped moving: the canvas fits and glides after it has opened. */
export async function settledBox(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  let before = '';
  let box = await element.boundingBox();
  await expect
    .poll(async () => {
      const last = before;
      box = await element.boundingBox();
      before = JSON.stringify(box);
      return box !== null && before === last;
    })
    .toBe(true);
  return box!;
}

/** The call that saves a draft, as the page makes it: put in the way of it what a journey needs there. */
export const savingDrafts = /\/rpc\/workflows\/saveDraft$/;
