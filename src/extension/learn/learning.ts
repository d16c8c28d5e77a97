// Learns from decisions at once: decided documents become examples of the label set in use, and what is kept is scored anew.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { LabelSet } from '../../core/labelSet';
import type { ModelDescription } from '../../shared/classifier';
import { readsExamples } from '../../shared/readsExamples';
import type { TagStore } from '../../workspace/store/tagStore';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { TaskIdentity } from '../../workspace/types';
import { sha256 } from '../../workspace/read/sha256';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { noExamplesWhy } from '../models/modelLimits';
import type { Models } from '../models/models';
import type { IndexHome } from '../results/indexHome';
import type { Decisions } from '../review/decisions';
import type { Config } from '../settings/config';
import type { Note } from '../view/viewNotes';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { IndexFile } from '../workspace/indexFile';
import type { Runs } from '../workspace/runs';
import { chooseLessons, noLessons, type Lessons } from './lessons';
import { movesText } from './movesText';
import { ReadLessons, type TextsNow } from './readLessons';
import { tagMoves, type ShownRows, type TagMoves } from './tagMoves';
import type { TaughtModel } from './taughtModel';

/** Decisions made one after another are learned from together. */
const gatherMs = 100;

export interface LearningParts {
  readonly decisions: Decisions;
  readonly labelSets: LabelSets;
  readonly config: Config;
  readonly file: IndexFile;
  readonly index: Pick<IndexHome, 'kept' | 'onDidRead'>;
  readonly models: Pick<Models, 'of' | 'descriptionOf' | 'titleOf' | 'onDidChange'>;
  readonly taught: Pick<TaughtModel, 'teach'>;
  readonly texts: Pick<DocumentTexts, 'now'>;
  readonly runs: Pick<Runs, 'isRunning' | 'onDidEnd'>;
  readonly reporter: Pick<Reporter, 'silently'>;
  readonly tell: (notes: readonly Note[]) => void;
}

export class Learning implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private beginning: Promise<void> | null = null;
  private generation = 0;
  /** What was decided since is learned from when the rows are there. */
  private waitsForRows = false;
  private lessons: Lessons = noLessons;
  private readonly readLessons = new ReadLessons();
  /** Of the vectors of the lessons, by the name of their set. */
  private readonly modelHashes = new Map<string, string>();
  /** What the set as it is written asks (madeOf), and tasks with lessons under which results were kept in its place. */
  private made: { readonly of: string; readonly tasks: Map<string, TaskIdentity> } = { of: '', tasks: new Map() };

  constructor(private readonly parts: LearningParts) {
    const { decisions, labelSets, config, file, index, models, runs } = parts;
    const soon = () => {
      this.soon();
    };
    this.subscription = vscode.Disposable.from(
      decisions.onDidChange(soon),
      // A text that was decided on may have been read anew, or is kept no more.
      runs.onDidEnd(soon),
      file.onDidChangeKey(soon),
      index.onDidRead(() => {
        if (this.waitsForRows) this.soon(0);
      }),
      models.onDidChange(() => {
        void this.guarded(() => this.followModel());
        this.soon();
      }),
      labelSets.onDidChange(() => {
        void this.guarded(async () => {
          await this.followModel();
          this.followSet();
        });
      }),
      config.onDidChange((names) => {
        if (names.includes('learn')) this.soon(0);
      }),
    );
  }

  /** Before anything kept is shown for the first time: what was decided in earlier windows counts from the beginning. Never throws. */
  begin(): Promise<void> {
    this.beginning ??= this.guarded(async () => {
      const set = this.parts.labelSets.written;
      if (set) await this.parts.decisions.load(set.name);
      await this.learn(true);
    });
    return this.beginning;
  }

  /** For the menu: what is learned from, and why not from more. */
  get line(): string {
    const { decisions, needed } = this.lessons;
    if (!this.isOn) return vscode.l10n.t('Learning from decisions: off');
    const { models, labelSets } = this.parts;
    if (this.refusing)
      return vscode.l10n.t('Learning from decisions: not with the model {0}', models.titleOf(labelSets.written?.model));
    if (needed !== null)
      return vscode.l10n.t('Learning from decisions: {0} of the {1} that a single-label set needs', decisions, needed);
    if (decisions === 0) return vscode.l10n.t('Learning from decisions: on, none yet');
    return decisions === 1
      ? vscode.l10n.t('Learning from 1 decision: on')
      : vscode.l10n.t('Learning from {0} decisions: on', wholeNumber(decisions));
  }

  /** Why nothing is learned with the model in use, as that says it; empty where something is. */
  get unable(): string {
    const { refusing } = this;
    return refusing ? noExamplesWhy(refusing) : '';
  }

  /** The model in use where nothing is learned with it. */
  private get refusing(): ModelDescription | null {
    const set = this.parts.labelSets.written;
    const description = this.parts.models.descriptionOf(set?.model);
    return set && description && !learns(description, set) ? description : null;
  }

  get isOn(): boolean {
    return this.parts.config.isOn('learn');
  }

  toggle(): Promise<void> {
    return this.parts.config.setLearn(!this.isOn);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private soon(ms = gatherMs): void {
    // Nothing is read before somebody looks at what is kept.
    if (!this.beginning) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.guarded(() => this.learn());
    }, ms);
  }

  /** `first`: there are no rows yet that could stand until others are scored. */
  private async learn(first = false): Promise<void> {
    const { labelSets, index, runs, taught } = this.parts;
    // A run keeps the labels that it began with; its end comes back here.
    if (runs.isRunning) return;
    const generation = ++this.generation;
    const set = labelSets.written;
    if (!set) return;
    const lessons = this.isOn ? await this.choose(set) : noLessons;
    if (generation !== this.generation) return;
    this.waitsForRows = first && !(await this.isKept(set, lessons));
    if (this.waitsForRows || generation !== this.generation) return;
    this.lessons = lessons;
    const before = this.shown();
    this.note(set, lessons);
    await taught.teach(set, lessons.decided);
    await labelSets.teach(set, lessons.examples);
    if (generation !== this.generation || before?.documents === index.kept.documents) return;
    const after = this.shown();
    if (before && after) this.tell(await tagMoves(before, after));
    await this.forgetSuperseded();
  }

  private async choose(set: LabelSet): Promise<Lessons> {
    const { decisions, file, models } = this.parts;
    const key = await file.keyOf(set);
    if (!key) return noLessons;
    const decided = Array.from(decisions.documents(set.name), (document) => decisions.of(document, set.name));
    if (decided.length === 0) return noLessons;
    // Starts nothing where it is the model that was loaded last.
    const { hash, capabilities } = await models.of(set.model).describe();
    if (readsExamples(capabilities, set)) return this.readLessons.choose(decided, set, this.textsOf(key.store));
    if (!capabilities.keepsVectors) return noLessons;
    this.modelHashes.set(set.name, hash);
    return chooseLessons(decided, set, (document) => {
      const uri = decisions.keys.uriOf(document);
      return uri === null ? null : key.store.keptText(uri, key.task, hash);
    });
  }

  private textsOf(store: TagStore): TextsNow {
    const { texts, decisions } = this.parts;
    return {
      hash: (decision) => {
        const at = decisions.keys.placeOf(decision);
        return at && store.textHash(at.uri);
      },
      read: async (decision) => {
        const at = decisions.keys.placeOf(decision);
        const now = at && (await texts.now(at));
        return now?.ok ? { text: now.text, hash: sha256(now.text) } : null;
      },
    };
  }

  /** Whether all documents have been scored with these lessons: not where something was decided elsewhere meanwhile. */
  private async isKept(set: LabelSet, { examples }: Lessons): Promise<boolean> {
    const key = examples.length > 0 ? await this.parts.file.keyOf(set) : null;
    return !key || key.store.taggedOtherwise(taughtTask(set, examples, key.chunkTokens)) === 0;
  }

  /** At once: vectors of one model mean nothing to another, and a run may be about to begin. */
  private async followModel(): Promise<void> {
    const { labelSets, models } = this.parts;
    const set = labelSets.written;
    const hash = this.modelHashes.get(set?.name ?? '');
    if (!set || hash === undefined || models.descriptionOf(set.model)?.hash === hash) return;
    this.generation++;
    this.modelHashes.delete(set.name);
    this.lessons = noLessons;
    await labelSets.teach(set, []);
  }

  /** Another set is in use, or the same with other labels or another model. */
  private followSet(): void {
    const set = this.parts.labelSets.written;
    if (!set || madeOf(set, this.parts.config.get('chunkTokens')) === this.made.of) return;
    this.parts.tell([]);
    this.soon();
  }

  private shown(): ShownRows | null {
    const { active: set } = this.parts.labelSets.read();
    return set && { documents: this.parts.index.kept.documents, set };
  }

  /** Remembers what is about to be kept under a task of its own. */
  private note(set: LabelSet, { examples }: Lessons): void {
    const chunkTokens = this.parts.config.get('chunkTokens');
    const of = madeOf(set, chunkTokens);
    if (this.made.of !== of) this.made = { of, tasks: new Map() };
    if (examples.length === 0) return;
    const task = taughtTask(set, examples, chunkTokens);
    this.made.tasks.set(task.hash, task);
  }

  /** Each decision makes scores of all documents: those before go as soon as the new ones are shown. */
  private async forgetSuperseded(): Promise<void> {
    const key = this.parts.file.current;
    if (!key) return;
    const { tasks } = this.made;
    for (const task of [...tasks.values()]) {
      if (task.hash === key.task.hash) continue;
      tasks.delete(task.hash);
      await key.store.supersede(task, key.task);
    }
    await key.store.checkpoint();
  }

  private tell(moves: TagMoves): void {
    if (moves.gained + moves.lost === 0) {
      this.parts.tell([]);
      return;
    }
    this.parts.tell([{ id: 'moved', severity: 'info', text: movesText(moves) }]);
  }

  /** Nobody asked for this work: a failure goes to the log. */
  private async guarded(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.reporter.silently(error);
    }
  }
}

function learns({ capabilities }: ModelDescription, set: LabelSet): boolean {
  return capabilities.keepsVectors || readsExamples(capabilities, set);
}

function madeOf(set: LabelSet, chunkTokens: number | null): string {
  return JSON.stringify([set.model ?? null, taskIdentity(set, chunkTokens).hash]);
}

function taughtTask(set: LabelSet, examples: Lessons['examples'], chunkTokens: number | null): TaskIdentity {
  return taskIdentity({ ...set, examples: [...set.examples, ...examples] }, chunkTokens);
}
