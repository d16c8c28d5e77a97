// `glitag mcp`: serves agents over stdin and stdout until stdin ends. stdout is the protocol's alone.
import path from 'node:path';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { ContainedFolders } from '../../workspace/contained/containedFolders';
import { exitCodes } from '../exitCodes';
import { rootsOf } from '../tag/inputs';
import { chunkTokensOf, readOptions, type FilesOptions } from '../tag/tagFiles';
import { scratchFolder } from '../scratchFolder';
import { withInterrupt } from '../withInterrupt';
import { IndexSource } from './indexSource';
import { mcpServer } from './mcpServer';
import { ServerDecisions, type ServerDecisionsOptions } from './serverDecisions';
import { serverSets, type ServerSetsOptions } from './serverSets';
import { SetClassifiers, type SetClassifiersOptions } from './setClassifiers';
import { TaggedIndex } from './taggedIndex';
import { TagRuns } from './tagRuns';

export interface McpOptions extends FilesOptions, SetClassifiersOptions, ServerSetsOptions, ServerDecisionsOptions {
  /** The server may tag, and write the index. */
  readonly tag?: boolean;
}

/** A message that is longer ends the server, so that its memory is bounded; texts are refused long before, in a sentence. */
const maxMessageBytes = 10_000_000;

/** Throws AppError for wrong options. @returns The exit code. */
export async function mcpCommand(paths: readonly string[], options: McpOptions): Promise<number> {
  const folders = ContainedFolders.of(paths);
  const sets = serverSets(options);
  const decisions = ServerDecisions.of(options);
  const [reading, chunkTokens] = [await readOptions(options), chunkTokensOf(options)];
  const scratch = options.tag && options.index === undefined ? scratchFolder() : null;
  const index = scratch === null ? options.index : path.join(scratch.path, 'index.sqlite');
  const classifiers = new SetClassifiers(options);
  const runs =
    options.tag && index !== undefined
      ? new TagRuns(path.resolve(index), await rootsOf(paths), options, classifiers)
      : null;
  const source = new IndexSource({
    ...{ folders, sets, decisions, classifiers, reading, chunkTokens },
    index: new TaggedIndex(index === undefined ? null : path.resolve(index), chunkTokens),
    beforeRead: (set, signal) => runs?.upToDate(set, signal) ?? Promise.resolve(),
  });
  try {
    await withInterrupt((signal) => serve(source, signal));
  } finally {
    await runs?.dispose();
    await classifiers.dispose();
    scratch?.remove();
  }
  return exitCodes.done;
}

/** Resolves when the client is gone. */
async function serve(source: IndexSource, signal: AbortSignal): Promise<void> {
  const { stdin, stdout } = process;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      resolve();
    };
    stdin.once('end', end).once('close', end);
    signal.addEventListener('abort', end, { once: true });
  });
  const handle = serveStdio(() => mcpServer(source), {
    transport: new StdioServerTransport(stdin, stdout, { maxBufferSize: maxMessageBytes }),
    onerror: ({ message }) => {
      process.stderr.write(`glitag: ${message}\n`);
    },
  });
  await ended;
  await handle.close();
}
