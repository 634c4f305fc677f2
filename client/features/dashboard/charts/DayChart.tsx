import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { PointerEvent } from 'react';
import { language } from '../../../i18n/language.ts';
import classes from './DayChart.module.css';
import { labelled, linePath, ticksTo } from './scale.ts';

export interface Series {
  name: string;
  /** A CSS colour. */
  color: string;
  /** One for each day; null where there is none. */
  values: readonly (number | null)[];
}

export interface DayChartProps {
  title: string;
  /** As `2026-11-22`. */
  days: readonly string[];
  series: readonly Series[];
  /** Bars of a day stand on each other; lines show each series on its own. */
  kind: 'bars' | 'line';
  format: (value: number) => string;
  /** Whole numbers only. */
  whole?: boolean;
  /** The end of the scale, where it is fixed. */
  top?: number;
}

const height = 190;
const frame = { top: 10, right: 20, bottom: 26, left: 52 };
const labelPx = 74;

const dayName = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
export const shortDay = (day: string): string => dayName.format(new Date(`${day}T00:00:00Z`));

/** Values by day as a small picture; the table beside it has the same in figures. */
export function DayChart(props: DayChartProps) {
  const { title, days, series, format, kind } = props;
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | null>(null);
  const most = props.top ?? highest(series, days.length, kind);
  const ticks = props.top === undefined ? ticksTo(most, props.whole) : [0, props.top / 2, props.top];
  const inner = { width: Math.max(0, width - frame.left - frame.right), height: height - frame.top - frame.bottom };
  const slot = inner.width / Math.max(1, days.length);
  const scale: Scale = {
    x: (index) => frame.left + slot * (index + 0.5),
    y: (value) => frame.top + inner.height * (1 - value / (ticks.at(-1) ?? 1)),
    slot,
  };
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - frame.left;
    const index = Math.floor(x / slot);
    setAt(index >= 0 && index < days.length ? index : null);
  };
  return (
    <div ref={ref} className={classes.chart}>
      {width === 0 ? null : (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={title}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setAt(null)}
        >
          <Axes days={days} ticks={ticks} scale={scale} width={width} format={format} />
          {at === null ? null : (
            <rect
              className={classes.cursor}
              x={scale.x(at) - slot / 2}
              y={frame.top}
              width={slot}
              height={inner.height}
            />
          )}
          {kind === 'bars' ? (
            <Bars series={series} count={days.length} scale={scale} />
          ) : (
            <Lines series={series} scale={scale} at={at} />
          )}
        </svg>
      )}
      {at === null ? null : (
        <div className={classes.tip} data-end={at > days.length / 2} style={{ left: scale.x(at) }}>
          <b>{shortDay(days[at] ?? '')}</b>
          {series.map(({ name, color, values }) => (
            <span key={name}>
              <i style={{ background: color }} />
              {name}
              <em>{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</em>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

interface Scale {
  x: (index: number) => number;
  y: (value: number) => number;
  /** Width of a day. */
  slot: number;
}

function highest(series: readonly Series[], count: number, kind: 'bars' | 'line'): number {
  let most = 0;
  for (let day = 0; day < count; day++) {
    const values = series.map(({ values: all }) => all[day] ?? 0);
    most = Math.max(most, kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values));
  }
  return most;
}

function Axes({
  days,
  ticks,
  scale,
  width,
  format,
}: Pick<DayChartProps, 'days' | 'format'> & { ticks: readonly number[]; scale: Scale; width: number }) {
  const room = Math.floor((width - frame.left - frame.right) / labelPx);
  return (
    <g>
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            className={classes.grid}
            x1={frame.left}
            x2={width - frame.right}
            y1={scale.y(tick)}
            y2={scale.y(tick)}
          />
          <text className={classes.label} x={frame.left - 8} y={scale.y(tick) + 4} textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {labelled(days.length, room).map((index) => (
        <text key={index} className={classes.label} x={scale.x(index)} y={height - 6} textAnchor="middle">
          {shortDay(days[index] ?? '')}
        </text>
      ))}
    </g>
  );
}

function Bars({ series, count, scale }: { series: readonly Series[]; count: number; scale: Scale }) {
  const width = Math.max(1, Math.min(28, scale.slot * 0.68));
  const bars = [];
  for (let day = 0; day < count; day++) {
    let below = 0;
    for (const { name, color, values } of series) {
      const value = values[day] ?? 0;
      if (value <= 0) continue;
      const top = scale.y(below + value);
      // Something is seen, however little it is.
      const tall = Math.max(1, scale.y(below) - top);
      bars.push(
        <rect
          key={`${day}.${name}`}
          x={scale.x(day) - width / 2}
          y={top}
          width={width}
          height={tall}
          rx={Math.min(3, width / 4)}
          fill={color}
        />,
      );
      below += value;
    }
  }
  return <g>{bars}</g>;
}

function Lines({ series, scale, at }: { series: readonly Series[]; scale: Scale; at: number | null }) {
  return (
    <g>
      {series.map(({ name, color, values }) => {
        const points = values.map((value, index) => (value === null ? null : { x: scale.x(index), y: scale.y(value) }));
        // A day between two without anything would be no line at all.
        const alone = points.filter((point, n) => point && !points[n - 1] && !points[n + 1]);
        const here = at === null ? null : points[at];
        return (
          <g key={name} fill={color}>
            <path d={linePath(points)} fill="none" stroke={color} strokeWidth={2} strokeLinejoin="round" />
            {[...alone, here].map((point, n) => (point ? <circle key={n} cx={point.x} cy={point.y} r={3.5} /> : null))}
          </g>
        );
      })}
    </g>
  );
}
