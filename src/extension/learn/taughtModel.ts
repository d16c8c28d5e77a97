// The model of a label set with what decisions teach it, where it is one that reads examples: each text is read with the decided ones
// nearest to it, which the embedded model finds in a child of its own. What it gave with other examples shows as another model's.
import * as vscode from 'vscode';
import { embeddedName, type LabelSet } from '../../core/labelSet';
import type { DecidedExample } from '../../inference/nearest/decidedExamples';
import { NearestClassifier } from '../../inference/nearest/nearestClassifier';
import { TextVectors } from '../../inference/nearest/textVectors';
import type { CancelSignal, Classifier } from '../../shared/classifier';
import { readsExamples } from '../../shared/readsExamples';
import { taskKey, taskOf } from '../../shared/task';
import type { ModelHost } from '../models/modelHost';
import type { Models } from '../models/models';

interface Lesson {
  /** Of the set as it was written then. */
  readonly key: string;
  /** The model that reads, and its hash. */
  readonly reader: ModelHost;
  readonly readerHash: string;
  readonly measurer: ModelHost;
  readonly classifier: NearestClassifier;
  /** Hash of the model with these examples. */
  readonly hash: string;
}

export class TaughtModel implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Of the embedded model; another one where the settings say anew how it is to run. */
  private vectors: { readonly of: ModelHost; readonly texts: TextVectors } | null = null;
  /** By the name of the set. */
  private readonly lessons = new Map<string, Lesson>();
  private readonly keys = new WeakMap<LabelSet, string>();
  private turn = 0;

  /** Fires when results that were right may be stale, or the other way round. */
  readonly onDidChange = this.changed.event;
  /** What has to be done before the first text is read with examples; must not fail. */
  beforeFirst: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly models: Models) {
    this.subscription = models.onDidChange(() => {
      this.changed.fire();
    });
  }

  /** What texts are to be asked of now under the set. Throws AppError: what `describe` throws. */
  async of(set: LabelSet, signal?: CancelSignal): Promise<Classifier> {
    const { capabilities } = await this.models.of(set.model).describe(signal);
    if (readsExamples(capabilities, set)) await this.beforeFirst();
    return this.lessonOf(set)?.classifier ?? this.models.of(set.model);
  }

  /** The hash by which results of now are kept under the set; null where the model is not known yet. */
  hashOf(set: LabelSet): string | null {
    return this.lessonOf(set)?.hash ?? this.models.descriptionOf(set.model)?.hash ?? null;
  }

  /** As `hashOf`, also of a model that an earlier window knew; starts nothing. */
  recall(set: LabelSet): string | null {
    this.models.find(set.model)?.recall();
    return this.hashOf(set);
  }

  /** Whether texts are read with decided ones under the set. */
  isTaught(set: LabelSet): boolean {
    return this.lessonOf(set) !== null;
  }

  /** From now on the set's texts are read with these; without any where there are none. Throws AppError: what `describe` throws. */
  async teach(set: LabelSet, decided: readonly DecidedExample[]): Promise<void> {
    const turn = ++this.turn;
    const before = this.hashOf(set);
    if (decided.length === 0) {
      this.lessons.delete(set.name);
    } else {
      const [reader, measurer] = [this.models.of(set.model), this.models.of(embeddedName)];
      if (this.vectors?.of !== measurer) this.vectors = { of: measurer, texts: new TextVectors(measurer) };
      const classifier = new NearestClassifier(reader, this.vectors.texts, decided);
      const [{ hash: readerHash }, { hash }] = await Promise.all([reader.describe(), classifier.describe()]);
      if (turn !== this.turn) return;
      this.lessons.set(set.name, { key: this.keyOf(set), reader, readerHash, measurer, classifier, hash });
    }
    if (this.hashOf(set) !== before) this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private lessonOf(set: LabelSet): Lesson | null {
    const lesson = this.lessons.get(set.name);
    const reader = this.models.find(set.model);
    if (!reader || lesson?.reader !== reader || lesson.readerHash !== reader.description?.hash) return null;
    if (lesson.measurer !== this.models.find(embeddedName)) return null;
    return lesson.key === this.keyOf(set) ? lesson : null;
  }

  /** Equal where the model is asked the same. */
  private keyOf(set: LabelSet): string {
    const key = this.keys.get(set) ?? taskKey(taskOf(set));
    this.keys.set(set, key);
    return key;
  }
}
