// `glitag tag --input`: a stream of JSON Lines in, the same lines with their tags out, in the same order.
import { addAbortSignal } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LabelSet } from '../../core/labelSet';
import type { Classifier } from '../../shared/classifier';
import { lineDocuments } from '../../workspace/lines/lineDocuments';
import { tagLines, type ScoredLine, type TaggedLine } from '../../workspace/lines/tagLines';
import { decideStored } from '../../workspace/search/decideStored';
import { placeName } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { SkippedReport, TagStats } from './documentReport';
import { stoppedError, withWayOn } from './endedEarly';
import { exitCodeOf } from './exitCodeOf';
import type { Findings } from './findings';
import { resultJson } from './formatJson';
import { inputName, openInput } from './lineOptions';
import { chunkTokensOf } from './tagFiles';
import type { TagOptions } from './tagCommand';
import type { Where } from './where';

interface LineParts {
  readonly set: LabelSet;
  readonly where: Where;
  readonly findings: Findings;
}

export interface TagLinesParts extends LineParts {
  readonly input: string;
  readonly classifier: Classifier;
  readonly store: TagStore | null;
  readonly signal: AbortSignal;
}

/** @returns The exit code. */
export async function tagLinesCommand(options: TagOptions, parts: TagLinesParts): Promise<number> {
  const { input, set, classifier, store, where, findings, signal } = parts;
  const source = addAbortSignal(signal, openInput(input));
  const stats = { classified: 0, reused: 0, relabelled: 0, skipped: 0 };
  // One run at a time, as over files.
  const lock = store?.lock();
  try {
    const entries = lineDocuments(source, options.shard ?? null);
    const tagged = tagLines(entries, { set, classifier, chunkTokens: chunkTokensOf(options), store, signal });
    await pipeline(printed(tagged, inputName(input), { set, where, findings, stats }), process.stdout, { end: false });
  } catch (error) {
    throw signal.aborted ? stoppedError(error) : withWayOn(error, options.index);
  } finally {
    lock?.release();
    source.destroy();
  }
  for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
  const tagged = stats.classified + stats.reused + stats.relabelled;
  return exitCodeOf({ tagged, failed: 0, ...stats }, options, findings);
}

/** A piece of text a batch, and the counts at the end. */
async function* printed(
  batches: AsyncIterable<readonly TaggedLine[]>,
  input: string,
  parts: LineParts & { readonly stats: TagStats },
): AsyncGenerator<string, void, undefined> {
  const { where, stats } = parts;
  for await (const batch of batches) {
    let text = '';
    for (const line of batch) {
      if ('reason' in line) {
        const skipped = { path: placeName({ path: input, part: `line ${line.line}` }), reason: line.reason };
        stats.skipped++;
        process.stderr.write(`glitag: ${skipped.path}: ${skipped.reason}.\n`);
        text += skippedLine(skipped, where);
      } else {
        stats[line.origin]++;
        text += scoredLine(line, parts);
      }
    }
    if (text !== '') yield text;
  }
  yield `${JSON.stringify({ stats })}\n`;
}

function skippedLine(skipped: Pick<SkippedReport, 'path' | 'reason'>, where: Where): string {
  return where.skipped(skipped) ? `${JSON.stringify({ skipped })}\n` : '';
}

/** The line as it was, and behind its last field the results: numbers and the order of fields would not survive being parsed. */
function scoredLine({ id, json, scores }: ScoredLine, { set, where, findings }: LineParts): string {
  const result = decideStored(scores, set);
  if (!where.document({ path: id, tags: result.tags, given: [] })) return '';
  findings.note(result.tags);
  return `${json.slice(0, -1)},${JSON.stringify(resultJson(result)).slice(1)}\n`;
}
