// One honest line in the view where tags are to be doubted: texts that the model cannot read, and runs in which most documents
// fit nothing.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { Breather } from '../../workspace/flow/breather';
import type { LabelSets } from '../labels/labelSets';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';
import type { Models } from '../models/models';
import type { Note } from '../view/viewNotes';
import { foreignLanguage } from './language';

/** Documents of a run whose language is guessed, evenly spread over it. */
const sampleSize = 60;
/** Fewer say nothing of a label set. */
const fewestDocuments = 3;
/** Of the documents: more than this fit nothing. */
const mostFitNothing = 0.5;
/** Of the documents: from here on other languages are worth a line. */
const foreignShare = 0.1;

const fitId = 'none';

/** A text that was tagged by itself. */
interface TaggedText {
  readonly title: string;
  readonly text: string;
}

export interface DoubtsParts {
  readonly results: Results;
  readonly labelSets: LabelSets;
  readonly models: Models;
  readonly reporter: Reporter;
  readonly tell: (notes: readonly Note[]) => void;
}

export class Doubts implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  /** Of several at once only the last is told. */
  private turn = 0;
  private told: readonly Note[] = [];

  constructor(private readonly parts: DoubtsParts) {
    // What was said of other labels is no longer true; a text's language is the same under all.
    this.subscription = parts.labelSets.onDidChange(() => {
      this.tell(this.told.filter(({ id }) => id !== fitId));
    });
  }

  /** Texts and files that somebody had tagged by name. */
  async afterTexts(texts: readonly TaggedText[], files: readonly vscode.Uri[]): Promise<void> {
    await this.take(async () => {
      const read = await this.textsOf(files.slice(0, sampleSize).map((uri) => uri.toString()));
      return this.languageNote([...texts, ...read]);
    });
  }

  /** A run over folders has ended. */
  async afterRun(): Promise<void> {
    await this.take(async () => {
      const set = this.parts.labelSets.read().active;
      const { ids, none } = await this.tagged();
      const sample = ids.filter((_, at) => at % Math.ceil(ids.length / sampleSize) === 0);
      const language = await this.languageNote(await this.textsOf(sample), ids.length);
      return [...(set === this.parts.labelSets.read().active ? this.fitNote(none, ids.length) : []), ...language];
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Nobody asked for it: a failure goes to the log. */
  private async take(look: () => Promise<readonly Note[]>): Promise<void> {
    const turn = ++this.turn;
    try {
      const notes = await look();
      if (turn === this.turn) this.tell(notes);
    } catch (error) {
      this.parts.reporter.silently(error);
    }
  }

  private tell(notes: readonly Note[]): void {
    this.told = notes;
    this.parts.tell(notes);
  }

  /** Documents that have scores, and how many of them fit nothing. */
  private async tagged(): Promise<{ ids: string[]; none: number }> {
    const { results } = this.parts;
    const breather = new Breather();
    const ids: string[] = [];
    let none = 0;
    for (const id of results.ids()) {
      const summary = results.summary(id);
      if (breather.due) await breather.pause();
      if (!summary || summary.skipped !== undefined) continue;
      ids.push(id);
      if (summary.tags.length === 0) none++;
    }
    return { ids, none };
  }

  private async textsOf(ids: readonly string[]): Promise<TaggedText[]> {
    const { results } = this.parts;
    const texts: TaggedText[] = [];
    for (const id of ids) {
      const title = results.summary(id)?.title;
      const evidence = await results.evidence(id);
      if (evidence && title !== undefined) texts.push({ title, text: evidence.text });
    }
    return texts;
  }

  private fitNote(none: number, all: number): Note[] {
    if (all < fewestDocuments || none <= mostFitNothing * all) return [];
    const text = vscode.l10n.t(
      '{0} of {1} documents fit no label. Lower the threshold, or say in a “description” what a label means.',
      wholeNumber(none),
      wholeNumber(all),
    );
    const action = {
      title: vscode.l10n.t('Edit Label Set'),
      run: () => vscode.commands.executeCommand('glitag.editLabelSet'),
    };
    return [{ id: fitId, severity: 'info', text, action }];
  }

  /** `all`: how many documents the texts stand for. */
  private async languageNote(texts: readonly TaggedText[], all = texts.length): Promise<Note[]> {
    // What another model reads is its owner's to know.
    const { models, labelSets } = this.parts;
    if (texts.length === 0 || !models.of(labelSets.read().active?.model).isEmbedded) return [];
    const found = new Map<string, number>();
    let foreign = 0;
    for (const { text } of texts) {
      const guess = await foreignLanguage(text);
      if (!guess) continue;
      foreign++;
      if (guess.language !== null) found.set(guess.language, (found.get(guess.language) ?? 0) + 1);
    }
    const [only] = texts;
    if (!only || foreign === 0 || foreign < foreignShare * texts.length) return [];
    const [most] = [...found].sort(([, a], [, b]) => b - a);
    const language = most && 2 * most[1] > foreign ? most[0] : null;
    const about = vscode.l10n.t('The built-in model reads English: such tags say little.');
    const text = `${foreignWords(only.title, { foreign, read: texts.length, all, language })} ${about}`;
    return [{ id: 'language', severity: 'warning', text }];
  }
}

interface Found {
  readonly foreign: number;
  readonly read: number;
  /** How many documents those that were read stand for. */
  readonly all: number;
  /** Of most of the foreign ones. */
  readonly language: string | null;
}

function foreignWords(title: string, { foreign, read, all, language }: Found): string {
  if (all === 1)
    return language === null
      ? vscode.l10n.t('“{0}” does not look English.', title)
      : vscode.l10n.t('“{0}” looks {1}.', title, language);
  const most = language === null ? '' : vscode.l10n.t(', most of them {0}', language);
  if (read === all)
    return foreign === 1
      ? vscode.l10n.t('1 of {0} texts does not look English{1}.', all, language === null ? '' : ` (${language})`)
      : vscode.l10n.t('{0} of {1} texts do not look English{2}.', foreign, all, most);
  const share = Math.round((100 * foreign) / read);
  return vscode.l10n.t('About {0} % of the documents do not look English{1}.', share, most);
}
