// The two forms in which upstream's models were trained to read examples of a text.
import type { ClassificationTask } from '../../shared/classifier';
import { retrievalText } from '../pipeline/retrievalText';

/** An example without markers in its text and labels. */
export interface ReadExample {
  readonly text: string;
  readonly labels: readonly string[];
  /** Labels that it does not carry; null where these are all others. */
  readonly rejected: readonly string[] | null;
}

export interface WrittenText {
  readonly text: string;
  /** Those that stand apart from it. */
  readonly examples: readonly ReadExample[];
}

export interface ExampleForm {
  /** Decided examples of one text: as many as upstream trains with. */
  readonly mostDecided: number;
  /** What is read for a text with these examples. */
  write(text: string, examples: readonly ReadExample[]): WrittenText;
}

/** `labels`: of the task, without markers. */
export function exampleForm(form: ClassificationTask['exampleForm'], labels: readonly string[]): ExampleForm {
  return form === 'retrieved' ? new Retrieved(labels) : fewShot;
}

/** A block of its own; only labels that fit have words in it. */
const fewShot: ExampleForm = {
  mostDecided: 5,
  write: (text, examples) => ({ text, examples }),
};

/** Behind the text as a part of it, with the labels that fit and those that do not. */
class Retrieved implements ExampleForm {
  readonly mostDecided = 3;

  constructor(private readonly labels: readonly string[]) {}

  write(text: string, examples: readonly ReadExample[]): WrittenText {
    const retrieved = examples.map((example) => ({
      text: example.text,
      trueLabels: example.labels,
      allLabels: example.rejected ? [...example.labels, ...example.rejected] : this.labels,
    }));
    return { text: retrievalText(text, retrieved), examples: [] };
  }
}
