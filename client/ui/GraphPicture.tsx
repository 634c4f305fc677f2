import type { CSSProperties } from 'react';
import type { NodeGroup } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import classes from './GraphPicture.module.css';
import { beginningOf, boundsOf, boxesOf, edgePath, firstOf, type Box } from './graphGeometry.ts';
import { groupColor } from './groups.ts';

export interface GraphPictureProps {
  graph: WorkflowGraph;
  looks: ReadonlyMap<string, { group: NodeGroup }>;
  /** `beginning`: the first steps, large enough to be read, fading out where more follows. `whole`: all of it, scrolled where it would be too small. */
  show: 'beginning' | 'whole';
  /** In pixels; of the whole at most this. */
  height: number;
  label: string;
}

const padding = 24;
/** Titles are 17 px high on the canvas: below this scale they cannot be read. */
const leastScale = 0.56;

/** A workflow as a picture: its steps as boxes in the colours of their groups, containers around what is in them, its edges as curves. */
export function GraphPicture({ show, ...props }: GraphPictureProps) {
  const boxes = boxesOf(props.graph);
  return show === 'beginning' ? <Beginning {...props} boxes={boxes} /> : <Whole {...props} boxes={boxes} />;
}

type PartProps = Omit<GraphPictureProps, 'show'> & { boxes: readonly Box[] };

function Beginning({ boxes, height, ...drawing }: PartProps) {
  const { below, beside, ...box } = beginningOf(boxes, padding);
  return (
    <svg
      className={classes.picture}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      preserveAspectRatio="xMidYMin meet"
      data-below={below || undefined}
      data-beside={beside || undefined}
      data-large
      height={height}
      width="100%"
      role="img"
      aria-label={drawing.label}
    >
      <Drawing {...drawing} boxes={boxes} titleLength={18} />
    </svg>
  );
}

function Whole({ boxes, height, ...drawing }: PartProps) {
  const box = boundsOf(boxes, padding);
  const first = firstOf(boxes);
  const toFirst = (element: HTMLDivElement | null) => {
    if (!element || !first) return;
    const middle = (first.x + first.width / 2 - box.x) / box.width;
    element.scrollLeft = middle * element.scrollWidth - element.clientWidth / 2;
  };
  return (
    <div
      ref={toFirst}
      className={classes.scroll}
      style={{ '--most': `${height}px` } as CSSProperties}
      tabIndex={0}
      role="region"
      aria-label={drawing.label}
    >
      <svg
        className={classes.whole}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        style={{ minWidth: box.width * leastScale, maxWidth: box.width, aspectRatio: `${box.width} / ${box.height}` }}
        role="img"
        aria-label={drawing.label}
      >
        <Drawing {...drawing} boxes={boxes} titleLength={19} />
      </svg>
    </div>
  );
}

function Drawing({
  graph,
  boxes,
  looks,
  titleLength,
}: Pick<PartProps, 'graph' | 'boxes' | 'looks'> & { titleLength: number }) {
  const byId = new Map(boxes.map((one) => [one.node.id, one]));
  return (
    <>
      {boxes.map(({ node, x, y, width, height, isContainer }) =>
        isContainer ? (
          <rect key={node.id} className={classes.container} x={x} y={y} width={width} height={height} rx={18} />
        ) : null,
      )}
      {graph.edges.map((edge) => {
        const source = byId.get(edge.source);
        const target = byId.get(edge.target);
        if (!source || !target) return null;
        return <path key={edge.id} className={classes.edge} d={edgePath(source, target, graph.direction)} />;
      })}
      {boxes.map(({ node, x, y, width, height, isContainer }) => {
        const color = groupColor(looks.get(node.kind)?.group);
        return (
          <g key={node.id} transform={`translate(${x} ${y})`}>
            {isContainer ? null : <rect className={classes.node} width={width} height={height} rx={14} />}
            <rect x={12} y={13} width={34} height={34} rx={10} fill={color} opacity={0.85} />
            <text className={classes.title} x={58} y={36}>
              {node.title.length > titleLength ? `${node.title.slice(0, titleLength - 1).trimEnd()}…` : node.title}
            </text>
          </g>
        );
      })}
    </>
  );
}
