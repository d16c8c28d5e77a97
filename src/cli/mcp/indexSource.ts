// Answers agents from label sets, the model, an index and the files of the server's folders.
import { stat } from 'node:fs/promises';
import type {
  AgentLabelSet,
  AgentSource,
  Classified,
  ClassifyRequest,
  FindRequest,
  FoundDocument,
  FoundDocuments,
  FoundPassage,
  PassagesRequest,
} from '../../agents/agentSource';
import { agentTag } from '../../agents/agentTag';
import { classifiedOf } from '../../agents/classified';
import { describeSets } from '../../agents/describeSets';
import { maxTextLength } from '../../agents/limits';
import { labelSetCalled, ownLabels } from '../../agents/ownLabels';
import { placer, type ReadIn } from '../../agents/placed';
import { byRank, rankOf } from '../../agents/rank';
import type { LabelSet } from '../../core/labelSet';
import { TagSearch } from '../../core/query/tagSearch';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import type { ContainedFolders } from '../../workspace/contained/containedFolders';
import { ContainedTree } from '../../workspace/contained/containedTree';
import { fileUri } from '../../workspace/find/nodeFileTree';
import { skipSentence } from '../../workspace/find/skipReasons';
import { findPassages } from '../../workspace/passages/findPassages';
import { PlaceTexts } from '../../workspace/read/placeTexts';
import { readDocument } from '../../workspace/read/readDocument';
import { sha256 } from '../../workspace/read/sha256';
import { decideStored } from '../../workspace/search/decideStored';
import { placeName } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, ReadOptions, StoredDetails, TaskIdentity } from '../../workspace/types';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import type { ServerDecisions } from './serverDecisions';
import type { ServerSets } from './serverSets';
import type { SetClassifiers } from './setClassifiers';
import type { TaggedIndex } from './taggedIndex';

export interface IndexSourceParts {
  readonly folders: ContainedFolders;
  readonly sets: () => ServerSets;
  readonly decisions: ServerDecisions;
  readonly classifiers: SetClassifiers;
  readonly index: TaggedIndex;
  readonly reading: ReadOptions;
  readonly chunkTokens: number;
  /** Tags what is not tagged yet, where the server may. */
  readonly beforeRead: (set: LabelSet, signal: CancelSignal) => Promise<void>;
}

/** An index under a label set, with what people decided. */
interface Tagged {
  readonly store: TagStore;
  readonly task: TaskIdentity;
  readonly set: LabelSet;
  readonly decided: DecidedDocuments;
}

interface Match extends DocumentPlace {
  readonly rank: number;
}

export class IndexSource implements AgentSource {
  private readonly tree: ContainedTree;

  constructor(private readonly parts: IndexSourceParts) {
    this.tree = new ContainedTree(parts.folders);
  }

  labelSets(): Promise<readonly AgentLabelSet[]> {
    const { sets, inUse } = this.parts.sets();
    return Promise.resolve(describeSets(sets, inUse));
  }

  async classify({ text, path, labelSet, labels }: ClassifyRequest, signal: CancelSignal): Promise<Classified> {
    const set = labels ? ownLabels(labels) : this.set(labelSet);
    const read = path === undefined ? { text: text ?? '', runs: [], file: text ?? '' } : await this.document(path);
    const classifier = await this.parts.classifiers.of(set);
    const { chunkTokens } = this.parts;
    const options = { signal, chunkTokens, priority: 'interactive' } as const;
    const [outcome] = await classifier.classify([{ id: 'text', text: read.text }], taskOf(set), options);
    if (!outcome?.ok) throw new AppError('inference-failed', outcome?.message ?? 'The model gave no answer.');
    const { name: model } = await classifier.describe(signal);
    return classifiedOf(decideStored(outcome, set), read, { labelSet: labels ? null : set.name, model });
  }

  async findByTag({ search, path, labelSet, limit }: FindRequest, signal: CancelSignal): Promise<FoundDocuments> {
    const set = this.set(labelSet);
    const isIn = await this.parts.folders.within(path);
    await this.parts.beforeRead(set, signal);
    return this.read(set, async (tagged) => {
      const matches = await this.matches(tagged, search, isIn, signal);
      const texts = this.texts();
      const documents: FoundDocument[] = [];
      for (const match of matches.slice(0, limit)) {
        const details = tagged.store.details(match.uri, tagged.task, null);
        if (details) documents.push(await this.found(details, tagged, texts));
      }
      return { labelSet: set.name, total: matches.length, documents };
    });
  }

  async findPassages({ query, search, path, limit }: PassagesRequest, signal: CancelSignal): Promise<FoundPassage[]> {
    const set = this.set(undefined);
    const isIn = await this.parts.folders.within(path);
    await this.parts.beforeRead(set, signal);
    return this.read(set, async (tagged) => {
      const { store, task } = tagged;
      const matching =
        search === undefined ? null : new Set((await this.matches(tagged, search, isIn, signal)).map(({ uri }) => uri));
      const { classifiers } = this.parts;
      const classifier = await classifiers.of(set);
      const { keepsVectors } = (await classifier.describe(signal)).capabilities;
      const texts = this.texts();
      const { passages } = await findPassages(query, {
        store,
        task,
        classifier,
        chooser: keepsVectors ? classifier : await classifiers.embedded(),
        read: (place) => texts.read(place),
        wanted: ({ uri }) => matching?.has(uri) ?? isIn(uri),
        top: limit,
        signal,
      });
      return passages.map(({ place, ...passage }) => ({ ...this.named(place), ...passage }));
    });
  }

  /** The tags of one document, for its resource. Throws AppError where it has none. */
  async documentTags(path: string, signal: CancelSignal): Promise<FoundDocument & { readonly labelSet: string }> {
    const set = this.set(undefined);
    const file = await this.parts.folders.resolve(path);
    if ((await stat(file)).isDirectory())
      throw new AppError('input-invalid', `${JSON.stringify(path)} is a folder. Name a document in it.`);
    await this.parts.beforeRead(set, signal);
    const document = await this.read(set, async (tagged) => {
      const details = tagged.store.details(fileUri(file), tagged.task, null);
      return details && this.found(details, tagged, this.texts());
    });
    if (document) return { ...document, labelSet: set.name };
    // A file that is read in parts is known by these alone.
    const [part] = (await this.findByTag({ search: '', path, limit: 1 }, signal)).documents;
    if (part) return { ...part, labelSet: set.name };
    throw new AppError('input-invalid', `${JSON.stringify(path)} has not been tagged under “${set.name}”.`);
  }

  /** How many documents are tagged under which label set. */
  async overview(): Promise<readonly { readonly labelSet: string; readonly documents: number }[]> {
    return this.parts.index.read((store) =>
      Promise.resolve(store.taggedTasks().map(({ name, documents }) => ({ labelSet: name, documents }))),
    );
  }

  private set(name: string | undefined): LabelSet {
    const { sets, inUse } = this.parts.sets();
    return labelSetCalled(sets, name, inUse);
  }

  private async read<T>(set: LabelSet, work: (tagged: Tagged) => Promise<T>): Promise<T> {
    const { index, decisions } = this.parts;
    const decided = await decisions.under(set.name);
    return index.read((store) => work({ store, task: index.task(store, set), set, decided }));
  }

  private texts(): PlaceTexts {
    return new PlaceTexts(this.tree, this.parts.reading);
  }

  private async document(path: string): Promise<ReadIn & { readonly text: string }> {
    const uri = fileUri(await this.parts.folders.resolve(path));
    const read = await readDocument(this.tree, { uri }, this.parts.reading);
    if (!read.ok)
      throw new AppError('document-unreadable', `${JSON.stringify(path)} cannot be classified: ${skipSentence(read)}.`);
    const { text, file, source } = read;
    if (text.length <= maxTextLength) return { text, file, runs: source.runs };
    throw new AppError(
      'document-too-large',
      `${JSON.stringify(path)} is longer than ${maxTextLength} characters. Give a part of it as “text”, or tag it with “glitag tag”.`,
    );
  }

  /** Best first. */
  private async matches(
    { store, task, set, decided }: Tagged,
    search: string,
    isIn: (uri: string) => boolean,
    signal: CancelSignal,
  ): Promise<Match[]> {
    const names = set.labels.map(({ name }) => name);
    const test = new TagSearch(search, names);
    const numbers = new Map(names.map((name, at) => [name, at]));
    const matches: Match[] = [];
    for await (const batch of store.documents(task, null)) {
      if (signal.aborted) throw new AppError('cancelled', 'The call was cancelled.');
      for (const document of batch) {
        if (!isIn(document.uri)) continue;
        const { uri, stale, given } = document;
        const textHash = () => store.details(uri, task, null)?.contentHash ?? '';
        const { tags } = decided.effective(uri, decideStored(document, set), set, textHash);
        const numbered = tags.map(({ label, score }) => ({ label: numbers.get(label) ?? -1, score }));
        const searched = { tags: numbered, stale, given };
        const match = test.match(searched, placeName(this.named(document)));
        if (match) matches.push({ ...placeOf(document), rank: rankOf(searched, match) });
      }
    }
    return matches.sort(byRank);
  }

  private async found(details: StoredDetails, { set, decided }: Tagged, texts: PlaceTexts): Promise<FoundDocument> {
    const { uri, given, contentHash, runs } = details;
    const now = await texts.read(placeOf(details));
    const same = now !== null && sha256(now.text) === contentHash;
    const placed = placer(same ? now : { file: null, runs });
    const { tags } = decided.effective(uri, decideStored(details, set), set, () => contentHash);
    return {
      ...this.named(details),
      tags: tags.map((tag) => agentTag(tag, placed)),
      ...(given.length > 0 ? { given } : {}),
      ...(same ? {} : { stale: true }),
    };
  }

  private named({ uri, part }: Pick<DocumentPlace, 'uri' | 'part'>): { readonly path: string; readonly part?: string } {
    return { path: this.parts.folders.shown(uri), ...(part === undefined ? {} : { part }) };
  }
}

function placeOf({ uri, root, path, part }: DocumentPlace): DocumentPlace {
  return { uri, root, path, ...(part === undefined ? {} : { part }) };
}
