// The texts on which a label set is tried while it is written: read by the model once, then scored from their vectors.
import * as vscode from 'vscode';
import type { LabelSet } from '../../../core/labelSet';
import type { Scored, Tagger } from '../../classify/tagger';
import { nameOf } from '../../results/documentNames';
import { openDocument } from '../../results/openDocument';
import type { DocumentTexts } from '../../workspace/documentTexts';
import type { Tried } from './tryRows';

/** Of longer texts the beginning is tried: typing must not wait for a book. */
const maxLength = 12_000;
const otherFiles = 4;
/** Kinds of files that are mostly prose, to fill up with where few are open. */
const proseFiles = '**/*.{md,txt,rst,adoc,eml,log}';

interface TryText {
  readonly title: string;
  readonly text: string;
  kept: Scored | null;
}

export class Tryout {
  private constructor(
    private readonly texts: readonly TryText[],
    private readonly tagger: Tagger,
  ) {}

  /** The document of the active editor and a few files: open ones first. `exclude`: globs of files not to take. */
  static async open(tagger: Tagger, documents: DocumentTexts, exclude: readonly string[]): Promise<Tryout> {
    const active = vscode.window.activeTextEditor?.document;
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
    const opened = tabs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []));
    const leftOut = exclude.length > 0 ? `{${exclude.join(',')}}` : undefined;
    const found = await vscode.workspace.findFiles(proseFiles, leftOut, 3 * otherFiles);
    found.sort((a, b) => a.path.localeCompare(b.path));
    const texts: TryText[] = active
      ? textOf(active.uri, documents.of(active.uri.toString(), active.getText()).text)
      : [];
    const wanted = new Map([...opened, ...found].map((uri) => [uri.toString(), uri]));
    if (active) wanted.delete(active.uri.toString());
    for (const [id, uri] of wanted) {
      if (texts.length >= otherFiles + 1) break;
      // Settings and the like are no texts to try labels on.
      if (uri.scheme === 'vscode-userdata' || uri.path.endsWith('/settings.json')) continue;
      const open = openDocument(uri);
      const read = open ? null : await documents.read(id).catch(() => null);
      const text = open ? documents.of(id, open.getText()).text : read?.ok ? read.text : '';
      texts.push(...textOf(uri, text));
    }
    return new Tryout(texts, tagger);
  }

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Throws AppError: what the model throws. */
  async score(set: LabelSet, signal: AbortSignal): Promise<Tried[]> {
    const tried: Tried[] = [];
    for (const text of this.texts) {
      if (signal.aborted) break;
      tried.push({ title: text.title, scores: await this.scoresOf(text, set, signal) });
    }
    return tried;
  }

  private async scoresOf(text: TryText, set: LabelSet, signal: AbortSignal): Promise<Tried['scores']> {
    const again = text.kept && (await this.tagger.rescore(text.kept, set));
    if (again) {
      text.kept = again;
      return again.scores;
    }
    const [outcome] = await this.tagger.score([{ id: text.title, text: text.text }], set, { signal });
    if (!outcome?.ok) return null;
    text.kept = outcome;
    return outcome.scores;
  }
}

function textOf(uri: vscode.Uri, text: string): TryText[] {
  return text.trim() === '' ? [] : [{ title: nameOf(uri).title, text: text.slice(0, maxLength), kept: null }];
}
