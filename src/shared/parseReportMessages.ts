// Reads what the report page says to the host. The page shows hostile text, so nothing it says is trusted.
import * as v from 'valibot';
import type { FromReport } from './reportData';

const fromReport = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('open'),
    id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(20_000)),
    toSide: v.boolean(),
  }),
]);

/** The message, or null where it is none. */
export function parseFromReport(value: unknown): FromReport | null {
  const result = v.safeParse(fromReport, value);
  return result.success ? result.output : null;
}
