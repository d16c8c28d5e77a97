// The passages of the documents that the index has, by the models of this window and what documents hold now.
import { embeddedName, type LabelSet } from '../../core/labelSet';
import type { CancelSignal } from '../../shared/classifier';
import { findPassages, type FoundPassages } from '../../workspace/passages/findPassages';
import { passageFile, type PassageFile } from '../answers/passageIn';
import type { Models } from '../models/models';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { IndexKey } from '../workspace/indexFile';

export interface KeptParts {
  readonly models: Pick<Models, 'of'>;
  readonly texts: DocumentTexts;
}

export interface KeptOptions {
  /** Whose model reads. */
  readonly set: LabelSet;
  /** Tells of documents by URI whether they are looked at. Asked of every document of the index. */
  readonly wanted: (uri: string) => boolean;
  readonly top: number;
  readonly signal: CancelSignal;
}

export interface KeptPassages extends FoundPassages {
  /** The files of documents that were read, by the documents' URIs. */
  readonly files: ReadonlyMap<string, PassageFile>;
}

/** Throws AppError what findPassages throws. */
export async function keptPassages(
  question: string,
  { store, task }: Pick<IndexKey, 'store' | 'task'>,
  { models, texts }: KeptParts,
  { set, wanted, top, signal }: KeptOptions,
): Promise<KeptPassages> {
  const files = new Map<string, PassageFile>();
  const classifier = models.of(set.model);
  const { capabilities } = await classifier.describe(signal);
  const found = await findPassages(question, {
    ...{ store, task, classifier, top, signal },
    chooser: capabilities.keepsVectors ? classifier : models.of(embeddedName),
    wanted: ({ uri }) => wanted(uri),
    read: async (place) => {
      const now = await texts.now(place);
      if (!now.ok) return null;
      files.set(place.uri, passageFile(now.document));
      return { text: now.text, runs: now.runs, file: now.document };
    },
  });
  return { ...found, files };
}
