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
import { unreadText } from './unreadText';

/** @returns The exit code. */
export async function rerankFiles(query: string, paths: readonly string[], options: RerankOptions): Promise<number> {
  return withRankedFiles(paths, options, async ({ model, find }) => {
    const found = await find(query, { top: options.top });
    const { passages } = found;
    process.stderr.write(unreadText(found));
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
