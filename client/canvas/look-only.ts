import type { CanvasActions } from './context.ts';

const nothing = () => {};

/** For a canvas on which nothing is changed. */
export const lookOnly: CanvasActions = {
  openStep: nothing,
  openMenu: nothing,
  runStep: nothing,
  duplicate: nothing,
  remove: nothing,
  removeEdge: nothing,
  pickForEdge: nothing,
  pickAfter: nothing,
  pickInside: nothing,
};
