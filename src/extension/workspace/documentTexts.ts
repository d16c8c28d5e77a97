// Texts of documents as the model reads them, for what is shown: from the disk, or from the editor's text.
import { defaultFrontMatter, readableText, readingOf, type ReadableText } from '../../workspace/read/readableText';
import { readDocument } from '../../workspace/read/readDocument';
import type { DocumentSource, FileTree, FrontMatterOptions, ReadResult } from '../../workspace/types';
import type { Config } from '../settings/config';
import { encodings } from './encodings';

export class DocumentTexts {
  constructor(
    private readonly tree: FileTree,
    private readonly config: Config,
  ) {}

  /** As it is on disk. */
  read(uri: string): Promise<ReadResult> {
    const { frontMatter } = this;
    return readDocument(this.tree, { uri }, { encodingOf: encodings(this.config), frontMatter });
  }

  /** What the model reads of a document's text. */
  of(uri: string, text: string): ReadableText {
    return readableText(uri, text, this);
  }

  sourceOf(uri: string, { runs, given }: ReadableText): DocumentSource {
    return { reading: readingOf(uri, this), runs, given };
  }

  /** A wrong value is told where a command or a run needs it. */
  get frontMatter(): FrontMatterOptions {
    try {
      return frontMatterOptions(this.config);
    } catch {
      return defaultFrontMatter;
    }
  }
}

/** Throws SettingError. */
export function frontMatterOptions(config: Config): FrontMatterOptions {
  return { key: config.get('frontMatter.key'), read: config.get('frontMatter.read') };
}
