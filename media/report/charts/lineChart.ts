// Lines over two axes. Lines differ in their dashes too, so that colour is never all that tells them apart.
import { curveLinear, curveStepBefore, line } from 'd3-shape';
import type { Axis } from './axes';
import { frame } from './axes';
import { svg } from './svg';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `step`: the value holds from the point before on. `dots`: a dot at each point. */
  readonly shape?: 'line' | 'step' | 'dots';
}

export interface LineChart {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** A line across at this x: where the slider stands. */
  readonly at?: number | null;
  /** A mark on the lines: what the slider's threshold gives. */
  readonly point?: readonly [x: number, y: number] | null;
  /** From corner to corner: what would be perfect. */
  readonly diagonal?: boolean;
}

export function lineChart(chart: LineChart, width: number): SVGElement[] {
  const { x, y, elements } = frame(width, chart.x, chart.y);
  const drawn: SVGElement[] = [...elements];
  if (chart.diagonal) {
    const [from, to] = chart.x.domain;
    drawn.push(svg('line', { class: 'diagonal', x1: x(from), y1: y(from), x2: x(to), y2: y(to) }));
  }
  if (chart.at !== undefined && chart.at !== null) {
    const [low, high] = chart.y.domain;
    drawn.push(svg('line', { class: 'marker', x1: x(chart.at), x2: x(chart.at), y1: y(low), y2: y(high) }));
  }
  chart.series.forEach(({ points, shape = 'line' }, number) => {
    const path = line<readonly [number, number]>()
      .x(([value]) => x(value))
      .y(([, value]) => y(value))
      .curve(shape === 'step' ? curveStepBefore : curveLinear)(points);
    if (path !== null) drawn.push(svg('path', { class: `line series-${number + 1}`, d: path }));
    // One point alone makes no line.
    if (shape === 'dots' || points.length === 1) {
      for (const [px, py] of points)
        drawn.push(svg('circle', { class: `dot series-${number + 1}`, cx: x(px), cy: y(py), r: 3 }));
    }
  });
  if (chart.point) {
    const [px, py] = chart.point;
    drawn.push(svg('circle', { class: 'marker-dot', cx: x(px), cy: y(py), r: 5 }));
  }
  return drawn;
}
