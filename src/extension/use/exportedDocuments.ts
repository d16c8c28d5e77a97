// Documents as exports write them, one after the other, between turns of the event loop.
import { Breather } from '../../workspace/flow/breather';
import type { ExportDocument } from '../../workspace/types';
import type { Results } from '../results/results';

/** Those of the ids that have scores, in order; ends early where the signal says so. */
export async function* exportedDocuments(
  results: Results,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ExportDocument, void, undefined> {
  const breather = new Breather();
  for (const id of ids) {
    if (signal.aborted) return;
    if (breather.due) await breather.pause();
    const document = await results.exported(id);
    if (document) yield document;
  }
}
