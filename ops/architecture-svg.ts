import type { Architecture } from './architecture.ts';

/** Rows of each side, from the importing to the imported; a folder that is named nowhere gets a row before the last. */
const SIDES = [
  {
    name: 'client',
    rows: [['main'], ['app'], ['features'], ['canvas'], ['nodes'], ['stores', 'ui'], ['api', 'base']],
  },
  {
    name: 'server',
    rows: [
      ['main'],
      ['http', 'realtime', 'mcp'],
      ['features'],
      ['queue'],
      ['engine', 'drivers', 'store'],
      ['database', 'nodes'],
      ['base'],
    ],
  },
] as const;

const SHARED_ROWS = [['api', 'compose', 'templates'], ['nodes'], ['engine'], ['workflow', 'base']] as const;

const BOX = { width: 124, height: 44 };
const GAP = { x: 22, y: 34 };
const COLUMN = 3 * BOX.width + 2 * GAP.x;
const MARGIN = 36;
const HEADER = 44;
const BETWEEN = 56;

interface Placed {
  path: string;
  label: string;
  note: string;
  x: number;
  y: number;
  side: string;
}

/** Draws folders as boxes in their layers and imports as arrows. The same input gives the same text, byte for byte. */
export function drawArchitecture(architecture: Architecture): string {
  const sides = SIDES.map(({ name, rows }, index) =>
    place(architecture, name, rows, MARGIN + index * (COLUMN + 2 * MARGIN + BETWEEN), HEADER + MARGIN),
  );
  const sharedTop = Math.max(...sides.flat().map(({ y }) => y)) + BOX.height + 2 * MARGIN + HEADER;
  const width = 2 * COLUMN + 4 * MARGIN + BETWEEN;
  const shared = place(architecture, 'shared', SHARED_ROWS, (width - COLUMN) / 2, sharedTop);
  const boxes = [...sides.flat(), ...shared];
  const height = Math.max(...boxes.map(({ y }) => y)) + BOX.height + MARGIN + 24;
  const frames = ['client', 'server', 'shared'].map((side) =>
    frame(
      side,
      boxes.filter((box) => box.side === side),
    ),
  );
  const at = new Map(boxes.map((box) => [box.path, box]));
  const arrows = architecture.arrows.map(({ from, to }) => arrow(at.get(from), at.get(to)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title" font-family="Inter, system-ui, sans-serif">`,
    '<title id="title">Which folder imports which: client and server meet only in shared</title>',
    STYLE,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0.8 7.4 4 0 7.2z"/></marker></defs>',
    ...frames,
    ...arrows,
    ...boxes.map(draw),
    `<text class="note" x="${width / 2}" y="${height - 12}" text-anchor="middle">Drawn from the imports by ops/architecture.ts. An arrow that follows from others is left out.</text>`,
    '</svg>\n',
  ].join('\n');
}

function place(
  { folders }: Architecture,
  side: string,
  rows: readonly (readonly string[])[],
  left: number,
  top: number,
): Placed[] {
  const own = folders.filter(({ path }) => path.startsWith(`${side}/`)).map(({ path }) => path.slice(side.length + 1));
  const known = rows.flat();
  const unknown = own.filter((name) => !known.includes(name));
  const all = [...rows.slice(0, -1), unknown, rows.at(-1) ?? []];
  const present = all.map((row) => row.filter((name) => own.includes(name))).filter((row) => row.length > 0);
  return present.flatMap((row, line) =>
    row.map((name, index) => {
      const rowWidth = row.length * BOX.width + (row.length - 1) * GAP.x;
      return {
        path: `${side}/${name}`,
        label: labelOf(side, name),
        note: name === 'base' ? 'files of the folder itself' : '',
        x: left + (COLUMN - rowWidth) / 2 + index * (BOX.width + GAP.x),
        y: top + line * (BOX.height + GAP.y),
        side,
      };
    }),
  );
}

function labelOf(side: string, name: string): string {
  if (name === 'base') return `${side}/*`;
  if (name === 'main') return side === 'client' ? 'main.tsx' : 'main.ts';
  return name;
}

function frame(side: string, boxes: Placed[]): string {
  if (boxes.length === 0) return '';
  const left = Math.min(...boxes.map(({ x }) => x + BOX.width / 2));
  const right = Math.max(...boxes.map(({ x }) => x + BOX.width / 2));
  const middle = (left + right) / 2;
  const top = Math.min(...boxes.map(({ y }) => y)) - HEADER;
  const bottom = Math.max(...boxes.map(({ y }) => y)) + BOX.height + 22;
  const x = middle - COLUMN / 2 - MARGIN / 2;
  return [
    `<rect class="frame ${side}" x="${x}" y="${top}" width="${COLUMN + MARGIN}" height="${bottom - top}" rx="16"/>`,
    `<text class="side ${side}" x="${x + 18}" y="${top + 27}">${side}</text>`,
  ].join('\n');
}

function draw({ label, note, x, y, side }: Placed): string {
  const middle = x + BOX.width / 2;
  const title = note ? `<title>${note}</title>` : '';
  return `<g>${title}<rect class="box ${side}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="9"/><text class="label" x="${middle}" y="${y + 27}" text-anchor="middle">${label}</text></g>`;
}

/** From the lower edge to the upper edge; around the side when both stand in one row or the arrow points upwards. */
function arrow(from: Placed | undefined, to: Placed | undefined): string {
  if (!from || !to) return '';
  const start = { x: from.x + BOX.width / 2, y: from.y + BOX.height };
  const end = { x: to.x + BOX.width / 2, y: to.y - 2 };
  if (to.y === from.y) {
    const rightwards = to.x > from.x;
    const y = from.y + BOX.height / 2;
    return path(
      `M${rightwards ? from.x + BOX.width : from.x} ${y}H${rightwards ? to.x - 2 : to.x + BOX.width + 2}`,
      from,
    );
  }
  if (to.y < from.y) {
    const x = Math.max(from.x, to.x) + BOX.width + 14;
    return path(
      `M${from.x + BOX.width} ${from.y + 22}C${x + 10} ${from.y + 22} ${x + 10} ${to.y + 22} ${to.x + BOX.width + 2} ${to.y + 22}`,
      from,
    );
  }
  const bend = Math.min(70, (end.y - start.y) / 2);
  const passesBoxes = from.side === to.side && to.y - from.y > BOX.height + GAP.y;
  if (passesBoxes) return path(aroundRow(start, end), from);
  return path(`M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`, from);
}

/** Leaves straight down, keeps to the gap between the columns, and arrives from above. */
function aroundRow(start: { x: number; y: number }, end: { x: number; y: number }): string {
  const away = end.x < start.x ? -1 : 1;
  const lane = start.x + away * (BOX.width / 2 + GAP.x / 2);
  const [first, last] = [start.y + GAP.y - 6, end.y - GAP.y + 8];
  return `M${start.x} ${start.y}C${start.x} ${first - 8} ${lane} ${start.y + 8} ${lane} ${first + 14}V${last - 14}C${lane} ${end.y - 8} ${end.x} ${last} ${end.x} ${end.y}`;
}

const path = (d: string, { side }: Placed): string => `<path class="arrow ${side}" d="${d}" marker-end="url(#tip)"/>`;

const STYLE = `<style>
  .frame { fill: #f6f7fb; stroke: #dfe3ec; }
  .box { fill: #fff; stroke-width: 1.5; }
  .box.client { stroke: #5b6ee1; } .box.server { stroke: #0f9d83; } .box.shared { stroke: #c2791b; }
  .side { font-size: 15px; font-weight: 700; letter-spacing: .02em; }
  .side.client { fill: #4254c5; } .side.server { fill: #0b7a66; } .side.shared { fill: #96590b; }
  .label { font-size: 14px; font-weight: 550; fill: #1d2433; }
  .note { font-size: 12px; fill: #5d6778; }
  .arrow { fill: none; stroke: #8f9ab0; stroke-width: 1.4; }
  .tip { fill: #8f9ab0; }
  @media (prefers-color-scheme: dark) {
    .frame { fill: #161b26; stroke: #2b3344; }
    .box { fill: #1f2635; }
    .side.client { fill: #9aa8ff; } .side.server { fill: #4fd1b8; } .side.shared { fill: #f0b463; }
    .label { fill: #e6eaf3; } .note { fill: #a3acbe; }
    .arrow { stroke: #6b7690; } .tip { fill: #6b7690; }
  }
</style>`;
