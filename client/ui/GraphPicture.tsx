import type { NodeGroup } from '../../shared/nodes/contract.ts';
import type { WorkflowGraph } from '../../shared/workflow/graph.ts';
import classes from './GraphPicture.module.css';
import { boundsOf, boxesOf, cropHeight, edgePath } from './graphGeometry.ts';
import { groupColor } from './groups.ts';

export interface GraphPictureProps {
  graph: WorkflowGraph;
  looks: ReadonlyMap<string, { group: NodeGroup }>;
  height: number;
  /** Draws the titles; only readable when the picture is large. */
  titles?: boolean;
  /** A long graph shows its beginning and fades out, so that its steps stay large enough to see. */
  crop?: boolean;
  label: string;
}

const padding = 24;

/** A workflow as a small picture: its steps as boxes in the colours of their groups, its edges as curves. */
export function GraphPicture({ graph, looks, height, titles = false, crop = false, label }: GraphPictureProps) {
  const boxes = boxesOf(graph);
  const box = boundsOf(boxes, padding);
  const cropped = crop && box.height > cropHeight;
  const byId = new Map(boxes.map((one) => [one.node.id, one]));
  return (
    <svg
      className={classes.picture}
      viewBox={`${box.x} ${box.y} ${box.width} ${cropped ? cropHeight : box.height}`}
      data-cropped={cropped}
      height={height}
      width="100%"
      role="img"
      aria-label={label}
    >
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
            {titles ? (
              <text className={classes.title} x={58} y={36}>
                {node.title.length > 24 ? `${node.title.slice(0, 23)}…` : node.title}
              </text>
            ) : (
              <>
                <rect
                  className={classes.line}
                  x={58}
                  y={19}
                  width={Math.min(160, 60 + node.title.length * 4)}
                  height={9}
                  rx={4.5}
                />
                <rect className={classes.faint} x={58} y={35} width={96} height={7} rx={3.5} />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}
