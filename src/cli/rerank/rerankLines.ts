// `glitag rerank QUERY -`: a stream of lines in, the best of them out. However long it is, only a batch and the best so far are held.
import { addAbortSignal } from 'node:stream';
import { oneLine } from '../../core/readablePassage';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { questionTask } from '../../shared/passages/rankTexts';
import { mapOrdered } from '../../workspace/flow/mapOrdered';
import { inBatches } from '../../workspace/lines/inBatches';
import type { BadLine, LineDocument } from '../../workspace/lines/lineDocuments';
import { searchLines, type SearchEntry, type SearchMatch } from '../../workspace/lines/searchLines';
import { BatchClassifier } from '../../workspace/run/batchClassifier';
import { batchesUnderWay } from '../../workspace/run/batchSize';
import { placeName } from '../../workspace/split/parts';
import { exitCodes } from '../exitCodes';
import { askedModel } from '../namedModel';
import { withClassifier } from '../openClassifier';
import { inputName, openInput } from '../tag/lineOptions';
import { chunkTokensOf } from '../tag/tagFiles';
import { printRanked, type Ranked } from './printRanked';
import type { RerankOptions } from './rerankCommand';

type Candidate = LineDocument | SearchMatch;

interface ScoredLine {
  readonly entry: Candidate;
  readonly score: number;
}

/** @returns The exit code: 1 where no line could be read. */
export async function rerankLines(query: string, input: string, options: RerankOptions): Promise<number> {
  const asked = askedModel(options);
  return withClassifier({ ...asked, threads: options.jobs ?? asked.threads }, async (classifier, signal) => {
    classifier.prepare();
    const source = addAbortSignal(signal, openInput(input));
    try {
      const best = await bestLines(query, searchLines(source), classifier, { input, options, signal });
      const model = await classifier.describe(signal);
      printRanked(model.name, best.map(rankedOf), options);
      return best.length > 0 ? exitCodes.done : exitCodes.failed;
    } catch (error) {
      throw signal.aborted ? new AppError('cancelled', 'Stopped.', { cause: error }) : error;
    } finally {
      source.destroy();
    }
  });
}

interface LineParts {
  readonly input: string;
  readonly options: RerankOptions;
  readonly signal: AbortSignal;
}

async function bestLines(
  query: string,
  entries: AsyncIterable<SearchEntry>,
  classifier: Classifier,
  { input, options, signal }: LineParts,
): Promise<ScoredLine[]> {
  const batches = new BatchClassifier(classifier, questionTask(query), { chunkTokens: chunkTokensOf(options), signal });
  const tell = ({ line, reason }: BadLine) => {
    const place = placeName({ path: inputName(input), part: `line ${line}` });
    process.stderr.write(`glitag: ${place}: ${reason}.\n`);
  };
  const scoresOf = async (batch: readonly SearchEntry[]): Promise<(ScoredLine | BadLine)[]> => {
    const read = batch.filter((entry): entry is Candidate => !('reason' in entry));
    const outcomes = await batches.classify(read.map(({ text }, at) => ({ id: String(at), text })));
    const scored = read.map((entry, at): ScoredLine | BadLine => {
      const outcome = outcomes[at];
      if (outcome?.ok) return { entry, score: outcome.scores[0] ?? 0 };
      return { line: entry.line, reason: outcome?.message.replace(/\.$/u, '') ?? 'There is no answer' };
    });
    return [...batch.filter((entry) => 'reason' in entry), ...scored];
  };
  let best: ScoredLine[] = [];
  const inTurn = mapOrdered(
    inBatches(entries, (entry) => ('text' in entry ? entry.text.length : 0)),
    batchesUnderWay,
    scoresOf,
  );
  for await (const lines of inTurn) {
    for (const line of lines) {
      if ('reason' in line) tell(line);
      else best.push(line);
    }
    best = best.sort((a, b) => b.score - a.score).slice(0, options.top);
  }
  return best;
}

function rankedOf({ entry, score }: ScoredLine): Ranked {
  const shown = oneLine(entry.text);
  if ('json' in entry) return { place: entry.id, score, shown, json: (rounded) => withScore(entry.json, rounded) };
  const { path, at, text } = entry;
  return {
    place: at === null ? path : `${path}:${at}`,
    score,
    shown,
    json: (rounded) => JSON.stringify({ path, ...(at === null ? {} : { line: at }), score: rounded, text }),
  };
}

/**
 * The line as it was, and behind its last field the score: numbers and the order of fields would not survive being parsed. A score of
 * its own, which the search tool gave, makes room.
 */
function withScore(json: string, score: number): string {
  const value = JSON.parse(json) as Record<string, unknown>;
  return 'score' in value ? JSON.stringify({ ...value, score }) : `${json.slice(0, -1)},"score":${score}}`;
}
