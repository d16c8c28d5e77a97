// Texts of documents as the model reads them, for what is shown: from the disk, or from the editor's text.
import * as vscode from 'vscode';
import type { Excerpt, TextRuns } from '../../core/excerpt';
import { isGone } from '../../workspace/find/skipReasons';
import { defaultFrontMatter, readableText, readingOf, type ReadableText } from '../../workspace/read/readableText';
import { readDocument, readFileText } from '../../workspace/read/readDocument';
import { fileOf, isPart, partUri, SplitRefusal } from '../../workspace/split/parts';
import { parseSplitRule, splitRules, type SplitOf, type SplitRule } from '../../workspace/split/splitRule';
import { splitText } from '../../workspace/split/splitText';
import type {
  DocumentPlace,
  DocumentSource,
  FileTree,
  FrontMatterOptions,
  ReadOptions,
  ReadResult,
} from '../../workspace/types';
import { openDocument } from '../results/openDocument';
import type { Config } from '../settings/config';
import { encodings } from './encodings';

/** `missing`: there is no such file. */
interface NoText {
  readonly ok: false;
  readonly missing: boolean;
}

type WholeNow = { readonly ok: true; readonly document: string } | NoText;

/** What the model reads of a document as it is now. */
export type TextNow =
  | {
      readonly ok: true;
      readonly text: string;
      /** The whole file, and where `text` stands in it. */
      readonly document: string;
      readonly runs: TextRuns;
    }
  | NoText;

type PartMap = ReadonlyMap<string, Excerpt>;

export class DocumentTexts {
  /** Parts of the file that was looked into last: rows of one file are opened one after another. */
  private last: {
    readonly file: string;
    readonly text: string;
    readonly rule: SplitRule;
    readonly parts: PartMap;
  } | null = null;

  constructor(
    private readonly tree: FileTree,
    private readonly config: Config,
  ) {}

  /** As it is on disk. */
  read(uri: string): Promise<ReadResult> {
    return readDocument(this.tree, { uri }, this.options);
  }

  /** A whole file, of which the model may read less; from the editor where it is open: opening it for this would wake language servers. */
  async whole(file: string): Promise<WholeNow> {
    const open = openDocument(vscode.Uri.parse(file))?.getText();
    if (open !== undefined) return { ok: true, document: open };
    const read = await readFileText(this.tree, { uri: file }, this.options);
    if (read.ok) return { ok: true, document: read.text };
    return { ok: false, missing: read.reason === 'unreadable' && isGone(read.detail) };
  }

  /** A document, or a part of one. */
  async now({ uri, path }: Pick<DocumentPlace, 'uri' | 'path'>): Promise<TextNow> {
    const file = fileOf(uri);
    const whole = await this.whole(file);
    if (!whole.ok) return whole;
    const { document } = whole;
    if (!isPart(uri)) return { ok: true, ...this.of(uri, document), document };
    const rule = this.ruleOf(path);
    const part = rule ? (await this.partsOf(file, document, rule)).get(uri) : undefined;
    return part ? { ok: true, text: part.text, runs: part.runs, document } : { ok: false, missing: false };
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

  private ruleOf(path: string): SplitRule | null {
    try {
      return splitOf(this.config)(path);
    } catch {
      return null;
    }
  }

  private get options(): ReadOptions {
    return { encodingOf: encodings(this.config), frontMatter: this.frontMatter };
  }

  private async partsOf(file: string, text: string, rule: SplitRule): Promise<PartMap> {
    const { last } = this;
    if (last?.file === file && last.rule.kind === rule.kind && last.rule.field === rule.field && last.text === text)
      return last.parts;
    let found: readonly Excerpt[] = [];
    try {
      found = await splitText(file, text, rule, this);
    } catch (error) {
      // The next run says why.
      if (!(error instanceof SplitRefusal)) throw error;
    }
    const parts = new Map(found.map((part) => [partUri(file, part.key), part]));
    this.last = { file, text, rule, parts };
    return parts;
  }
}

/** Throws SettingError. */
export function frontMatterOptions(config: Config): FrontMatterOptions {
  return { key: config.get('frontMatter.key'), read: config.get('frontMatter.read') };
}

/** Throws SettingError. */
export function splitOf(config: Config): SplitOf {
  const rules = Object.entries(config.get('split')).flatMap(([glob, written]) => {
    const rule = parseSplitRule(written);
    return rule ? [[glob, rule] as const] : [];
  });
  return splitRules(rules);
}
