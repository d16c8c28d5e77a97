// `glitag labels suggest`: a label set out of the tags in front matter and the folders that are there, and what the model sees of it.
import { agrees, type Agreement } from '../../core/gallery/agreement';
import { suggestedEntry, suggestedThreshold } from '../../core/gallery/suggestedSet';
import { vocabulary, type VocabularyEntry } from '../../core/gallery/vocabulary';
import { atOnce } from '../../core/slices';
import { counted } from '../../core/countText';
import { defaultExclude } from '../../workspace/find/globs';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { readDocument } from '../../workspace/read/readDocument';
import { askAgreement } from '../../workspace/vocabulary/askAgreement';
import { collectNames, maxFiles } from '../../workspace/vocabulary/collectNames';
import { defaultChunkTokens } from '../commonOptions';
import { exitCodes } from '../exitCodes';
import { askedModel, type ModelOptions } from '../namedModel';
import { withClassifier } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { shownLine } from '../shownLine';
import { rootsOf } from '../tag/inputs';
import { withInterrupt } from '../withInterrupt';

export interface SuggestOptions extends ModelOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignore: boolean;
  /** Whether the model is asked. */
  readonly ask: boolean;
  readonly json?: boolean;
}

/** Returns the exit code. Throws AppError. */
export async function suggestCommand(paths: readonly string[], options: SuggestOptions): Promise<number> {
  const roots = await rootsOf(paths);
  const tree = new NodeFileTree();
  const read = (uri: string) => readDocument(tree, { uri }, {});
  const looking = new ProgressLine('files', 0);
  const { names, files, cut } = await withInterrupt((signal) =>
    collectNames(tree, {
      find: {
        roots,
        include: options.include ?? [],
        exclude: [...defaultExclude, ...(options.exclude ?? [])],
        gitIgnore: options.ignore,
        parentIgnoreFiles: options.ignore,
      },
      read,
      signal,
      onProgress: (done) => {
        looking.update(done);
      },
    }),
  ).finally(() => {
    looking.end();
  });
  if (cut) process.stderr.write(`glitag: Only the first ${counted(maxFiles, 'file')} were looked at.\n`);
  const words = atOnce(vocabulary(names));
  const proposed = words.filter((word) => word.proposed);
  const seen = options.ask && proposed.length > 0 ? await ask(proposed, read, options) : null;
  process.stdout.write(options.json ? asJson(files, words, seen) : asText(words, seen));
  return exitCodes.done;
}

async function ask(
  proposed: readonly VocabularyEntry[],
  read: (uri: string) => ReturnType<typeof readDocument>,
  options: SuggestOptions,
): Promise<ReadonlyMap<string, Agreement>> {
  const progress = new ProgressLine('documents', 0);
  return withClassifier(askedModel(options), (classifier, signal) =>
    askAgreement(classifier, proposed, {
      threshold: suggestedThreshold,
      chunkTokens: defaultChunkTokens,
      read,
      signal,
      onProgress: (done, total) => {
        progress.update(done, total);
      },
    }),
  ).finally(() => {
    progress.end();
  });
}

type Seen = ReadonlyMap<string, Agreement> | null;

function asJson(files: number, words: readonly VocabularyEntry[], seen: Seen): string {
  const labels = words.map(({ name, variants, sources, documents, proposed }) => {
    const agreement = seen?.get(name) ?? null;
    const agreed = agreement && { ...agreement, agrees: agrees(agreement) };
    return { name, variants, sources, documents: documents.length, proposed, agreement: agreed };
  });
  const set = suggestedEntry(words.filter((word) => word.proposed).map(({ name }) => name));
  return `${JSON.stringify({ files, labels, set })}\n`;
}

function asText(words: readonly VocabularyEntry[], seen: Seen): string {
  return words
    .map(({ name, variants, sources, documents, proposed }) => {
      const agreement = seen?.get(name);
      const parts = [
        `${counted(documents.length, 'document')} (${sources.join(', ')})`,
        ...(variants.length > 0 ? [`also ${variants.join(', ')}`] : []),
        ...(agreement ? [`the model agrees on ${agreement.agreed} of ${agreement.carrying}`] : []),
        ...(agreement && agreement.others > 0
          ? [`and gives it to ${agreement.given} of ${agreement.others} others`]
          : []),
      ];
      return `${shownLine(`${proposed ? '+' : ' '} ${name}: ${parts.join(', ')}`)}\n`;
    })
    .join('');
}
