// The frame of a chart: its place on the drawing, the two axes with their ticks and names.
import { scaleLinear } from 'd3-scale';
import type { ScaleLinear } from 'd3-scale';
import { svg } from './svg';

export interface Axis {
  readonly name: string;
  readonly domain: readonly [number, number];
  /** How a tick is written; plain numbers where absent. */
  readonly format?: (value: number) => string;
}

export interface Frame {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** Axes, grid and names. */
  readonly elements: readonly SVGElement[];
}

/** CSS pixels. */
export const chartHeight = 220;
const margin = { top: 8, right: 12, bottom: 36, left: 44 };
/** Ticks stand at least so far apart. */
const tickRoom = { x: 44, y: 36 };

/** `.5` reads as a share, `1` as all. */
export function shareText(value: number): string {
  return value === 0 || value === 1 ? String(value) : String(Number(value.toPrecision(3))).replace(/^0/u, '');
}

/** Of what goes from nothing to all. */
export const shareAxis = { domain: [0, 1], format: shareText } as const;

export function frame(width: number, xAxis: Axis, yAxis: Axis): Frame {
  const right = Math.max(margin.left + 40, width - margin.right);
  const bottom = chartHeight - margin.bottom;
  const x = scaleLinear(xAxis.domain, [margin.left, right]);
  const y = scaleLinear(yAxis.domain, [bottom, margin.top]);
  const xTicks = x.ticks(Math.max(2, Math.floor((right - margin.left) / tickRoom.x)));
  const yTicks = y.ticks(Math.max(2, Math.floor((bottom - margin.top) / tickRoom.y)));
  const written = ({ format = String }: Axis, value: number): string => format(value);
  const middle = (margin.left + right) / 2;
  const center = (margin.top + bottom) / 2;
  const elements = [
    ...yTicks.map((tick) => svg('line', { class: 'grid', x1: margin.left, x2: right, y1: y(tick), y2: y(tick) })),
    ...yTicks.map((tick) =>
      svg(
        'text',
        { class: 'tick', x: margin.left - 6, y: y(tick), dy: '.32em', 'text-anchor': 'end' },
        written(yAxis, tick),
      ),
    ),
    ...xTicks.map((tick) => svg('line', { class: 'axis', x1: x(tick), x2: x(tick), y1: bottom, y2: bottom + 4 })),
    ...xTicks.map((tick) =>
      svg('text', { class: 'tick', x: x(tick), y: bottom + 15, 'text-anchor': 'middle' }, written(xAxis, tick)),
    ),
    svg('line', { class: 'axis', x1: margin.left, x2: right, y1: bottom, y2: bottom }),
    svg('text', { class: 'axis-name', x: middle, y: chartHeight - 4, 'text-anchor': 'middle' }, xAxis.name),
    svg(
      'text',
      { class: 'axis-name', x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(11 ${center}) rotate(-90)` },
      yAxis.name,
    ),
  ];
  return { x, y, elements };
}
