// `glitag rerank QUERY PATH…`: the best chunks are read again, passage by passage.
import { isMarkdownName } from '../../core/markdownLines';
import { oneLine, readableWithHeadings } from '../../core/readablePassage';
import type { FoundPassage } from '../../workspace/passages/findPassages';
import { exitCodes } from '../exitCodes';
import { displayPath } from '../tag/inputs';
import { printRanked } from './printRanked';
import type { Ranked } from './printRanked';
import { withRankedFiles } from './rankedFiles';
import type { RerankOptions } from './rerankCommand';

/** @returns The exit code. */
export async function rerankFiles(query: string, paths: readonly string[], options: RerankOptions): Promise<number> {
  return withRankedFiles(paths, options, async ({ model, find }) => {
    const { passages, leftOut, documents } = await find(query, { top: options.top });
    if (leftOut > 0) process.stderr.write(`glitag: ${leftOut} of ${documents} documents were too much to be read.\n`);
    printRanked(model.name, passages.map(rankedOf), options);
    return passages.length > 0 ? exitCodes.done : exitCodes.failed;
  });
}

function rankedOf({ place, line, start, end, score, text }: FoundPassage): Ranked {
  const path = displayPath(place);
  const { part } = place;
  return {
    place: `${path}:${line}`,
    score,
    shown: isMarkdownName(path) ? readableWithHeadings(text) : oneLine(text),
    json: (rounded) =>
      JSON.stringify({ path, ...(part === undefined ? {} : { part }), line, start, end, score: rounded, text }),
  };
}
