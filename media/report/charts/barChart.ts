// Two bars side by side in each bin: the first filled, the second an outline.
import type { Axis } from './axes';
import { frame } from './axes';
import { svg } from './svg';

export interface BarChart {
  readonly x: Axis;
  readonly y: Axis;
  readonly bins: readonly { readonly from: number; readonly to: number; readonly values: readonly [number, number] }[];
}

export function barChart(chart: BarChart, width: number): SVGElement[] {
  const { x, y, elements } = frame(width, chart.x, chart.y);
  const base = y(0);
  const bars = chart.bins.flatMap(({ from, to, values }) => {
    const half = Math.max(1, (x(to) - x(from) - 2) / 2);
    return values.flatMap((value, number) =>
      value === 0
        ? []
        : svg('rect', {
            class: `bar series-${number + 1}`,
            x: x(from) + 1 + number * half,
            y: y(value),
            width: Math.max(1, half - 1),
            height: Math.max(1, base - y(value)),
          }),
    );
  });
  return [...elements, ...bars];
}
