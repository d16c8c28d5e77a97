// Reads what the report page says to the host. The page shows hostile text, so nothing it says is trusted.
import * as v from 'valibot';
import type { FromReport } from './reportData';

const threshold = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const label = v.pipe(v.string(), v.nonEmpty(), v.maxLength(20_000));

const fromReport = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('open'),
    id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(20_000)),
    label,
    toSide: v.boolean(),
  }),
  v.strictObject({
    type: v.literal('useThresholds'),
    thresholds: v.union([
      v.strictObject({ set: threshold }),
      v.strictObject({
        labels: v.pipe(v.array(v.strictObject({ label, threshold })), v.minLength(1), v.maxLength(10_000)),
      }),
    ]),
  }),
  v.strictObject({ type: v.literal('useTrained'), use: v.boolean() }),
]);

/** The message, or null where it is none. */
export function parseFromReport(value: unknown): FromReport | null {
  const result = v.safeParse(fromReport, value);
  return result.success ? result.output : null;
}
