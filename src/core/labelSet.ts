// The label set: what a user writes in settings, after parsing. Everything else in GLiTag is told what to look for by it.

/** The name by which a label set asks for the model that comes with GLiTag, whatever the machine's default is. */
export const embeddedName = 'embedded';

/** `multi-label`: each label is scored by itself (sigmoid). `single-label`: exactly one fits (softmax over all labels). */
export type ClassificationMode = 'multi-label' | 'single-label';

/** How grave it is that a text carries a label, in the words of SARIF; gravest first. */
export const findingLevels = ['error', 'warning', 'note'] as const;
export type FindingLevel = (typeof findingLevels)[number];

/** One leaf of the hierarchy. */
export interface Label {
  /** Full name in dot notation, as upstream flattens it: `topic.planning`. Unique in its set. */
  readonly name: string;
  /** The name's parts, root first. A part may itself hold a dot, so never split `name`. */
  readonly path: readonly string[];
  /** Says in words when the label fits; goes to the model with the name. */
  readonly description?: string;
  /** Lowest score that counts as a tag, 0 to 1; the set's threshold where absent. */
  readonly threshold?: number;
  /** A text that carries it is reported by `--format sarif`. The model is not told, so scores do not depend on it. */
  readonly finding?: FindingLevel;
}

/** A text with the labels it carries, for few-shot classification. */
export interface Example {
  readonly text: string;
  /** Full names of labels of the set. */
  readonly labels: readonly string[];
  /**
   * Full names of labels that the text does not carry; of labels that are in neither list nothing is known. Absent: it carries
   * none but `labels`, as upstream has it.
   */
  readonly rejected?: readonly string[];
  /** What a model with document vectors (`keepsVectors`) takes in place of the text, which may then be empty. */
  readonly kept?: KeptText;
}

/** A text as the model has read it. */
export interface KeptText {
  /** sha256 (hex) of the text. */
  readonly hash: string;
  /** Its vectors, row-major [chunks, dimensions], of the model, prompt and chunk length that the example is used with. */
  readonly vectors: Float32Array;
}

export interface LabelSet {
  readonly name: string;
  /** In the order the user wrote them; never empty. */
  readonly labels: readonly Label[];
  readonly mode: ClassificationMode;
  /** Lowest score that counts as a tag, 0 to 1. In single-label mode it applies to the softmax score of the winner. */
  readonly threshold: number;
  /** Names of parents (dot notation) whose children exclude each other: only the best child may become a tag. */
  readonly exclusive: readonly string[];
  /** Task description given to the model with every document. */
  readonly prompt?: string;
  /** Name of the model that reads for this set, which the machine defines (`glitag.models`); its default model where absent. */
  readonly model?: string;
  readonly examples: readonly Example[];
  /**
   * How a model that reads examples reads them: behind the text, each with labels that fit and labels that do not, as upstream's models
   * of retrieval-augmented classification were trained. Absent: as upstream's few-shot examples.
   */
  readonly exampleForm?: 'retrieved';
  /** Globs of the files a workspace run takes, relative to a workspace folder; empty means the global setting. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}
