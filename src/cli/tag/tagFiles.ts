// Runs over files as `glitag tag` does: afterwards the index has the scores of their texts as they are now.
import type { LabelSet } from '../../core/labelSet';
import type { Classifier, ModelDescription } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { defaultExclude } from '../../workspace/find/globs';
import type { Shard } from '../../workspace/find/shard';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { isKnownEncoding } from '../../workspace/read/encodings';
import { defaultFrontMatter } from '../../workspace/read/readableText';
import { modelChangeText } from '../../workspace/run/modelChange';
import { WorkspaceRun } from '../../workspace/run/workspaceRun';
import { namedRule, splitRules } from '../../workspace/split/splitRule';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, ReadOptions, RunStats, TaskIdentity } from '../../workspace/types';
import { defaultChunkTokens } from '../commonOptions';
import { ProgressLine } from '../progressLine';
import { stoppedError, withWayOn } from './endedEarly';
import { displayPath, type AskedFiles } from './inputs';
import { withoutOwnFiles, type OwnFiles } from './ownFiles';

/** Which files there are, and how they are read. */
export interface FilesOptions {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignore: boolean;
  readonly frontMatter?: boolean;
  readonly split?: readonly string[];
  readonly encoding?: string;
  readonly chunkTokens?: number;
  readonly index?: string;
  readonly shard?: Shard;
}

/** What results are known by. */
export interface TagBasis {
  readonly set: LabelSet;
  readonly classifier: Classifier;
  readonly chunkTokens: number;
  readonly model: ModelDescription;
  readonly task: TaskIdentity;
  readonly reading: ReadOptions;
  readonly signal: AbortSignal;
}

export function chunkTokensOf({ chunkTokens = defaultChunkTokens }: Pick<FilesOptions, 'chunkTokens'>): number {
  return chunkTokens;
}

/** Throws AppError input-invalid for an encoding or a rule that is not known. */
export async function tagBasis(
  set: LabelSet,
  classifier: Classifier,
  options: FilesOptions,
  signal: AbortSignal,
): Promise<TagBasis> {
  const chunkTokens = chunkTokensOf(options);
  const model = await classifier.describe(signal);
  const [task, reading] = [taskIdentity(set, chunkTokens), await readOptions(options)];
  return { set, classifier, chunkTokens, model, task, reading, signal };
}

/** Tags what is not known yet. Throws AppError; `cancelled` where it was stopped. */
export async function tagFiles(
  store: TagStore,
  { set, classifier, chunkTokens, reading, signal }: TagBasis,
  asked: AskedFiles,
  options: FilesOptions & OwnFiles,
  onDocuments: (documents: readonly DocumentPlace[]) => void,
): Promise<RunStats> {
  const progress = new ProgressLine('files', 0);
  const run = new WorkspaceRun(
    { tree: new NodeFileTree(), store, classifier },
    {
      set,
      chunkTokens,
      find: {
        ...asked,
        roots: asked.roots.map((root) => withoutOwnFiles(root, options)),
        include: options.include ?? set.include,
        exclude: [...defaultExclude, ...set.exclude, ...(options.exclude ?? [])],
        gitIgnore: options.ignore,
        parentIgnoreFiles: options.ignore,
      },
      read: reading,
      ...(options.shard ? { shard: options.shard } : {}),
      signal,
      onProgress: ({ done, total }) => {
        progress.update(done, total);
      },
      onDocuments,
    },
  );
  const stats = await run
    .start()
    .catch((error: unknown) => {
      throw withWayOn(error, options.index);
    })
    .finally(() => {
      progress.end();
    });
  const { modelChange } = run.progress;
  if (modelChange !== null) process.stderr.write(`glitag: ${modelChangeText(modelChange)}.\n`);
  if (run.progress.state === 'cancelled') throw stoppedError();
  return stats;
}

/** The tagged documents that are `taken` in the order of their paths, the parts of a file in that of their numbers. */
export async function taggedPlaces(
  store: TagStore,
  task: TaskIdentity,
  taken: (place: DocumentPlace) => boolean,
): Promise<DocumentPlace[]> {
  const places: { readonly place: DocumentPlace; readonly shown: string }[] = [];
  for await (const batch of store.documents(task, null)) {
    for (const { uri, root, path, part } of batch) {
      const place = { uri, root, path, ...(part === undefined ? {} : { part }) };
      if (taken(place)) places.push({ place, shown: displayPath(place) });
    }
  }
  const byNumber = new Intl.Collator('en', { numeric: true });
  places.sort((a, b) => {
    if (a.shown === b.shown) return byNumber.compare(a.place.uri, b.place.uri);
    return a.shown < b.shown ? -1 : 1;
  });
  return places.map(({ place }) => place);
}

/** Throws AppError input-invalid. */
export async function readOptions({
  frontMatter = false,
  split = [],
  encoding,
}: Omit<FilesOptions, 'ignore'>): Promise<ReadOptions> {
  if (encoding !== undefined && !(await isKnownEncoding(encoding)))
    throw new AppError(
      'input-invalid',
      `The encoding “${encoding}” is not known. Name one such as utf8 or windows1252.`,
    );
  return {
    frontMatter: { ...defaultFrontMatter, read: frontMatter },
    splitOf: splitRules(split.map(namedRule)),
    ...(encoding === undefined ? {} : { encodingOf: () => encoding }),
  };
}
