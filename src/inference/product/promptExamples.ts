// Examples that a model reads with each text, in one of upstream's forms: all that the label set has, then the nearest decided ones.
import { advance } from '../../core/codePoints';
import type { ClassificationTask } from '../../shared/classifier';
import { exampleLength } from '../../shared/nearestExamples';
import { formatExamples } from '../pipeline/fewShot';
import { neutraliseMarkers } from '../pipeline/neutraliseMarkers';
import { exampleForm } from './exampleForms';
import type { ExampleForm, ReadExample, WrittenText } from './exampleForms';

/** Decided examples never take more of the room than the text gets. */
const largestShare = 0.5;

interface Block {
  readonly example: ReadExample;
  /** Tokens that it takes. */
  readonly tokens: number;
}

export class PromptExamples {
  private readonly form: ExampleForm;
  private readonly own: readonly ReadExample[];
  /** By position in the task. A text of which only rejections are known is none: neither form has an example without a label. */
  private readonly decided: ReadonlyMap<number, Block>;

  /** @param model Counts tokens, and says whether it was trained with upstream's few-shot form. */
  constructor(
    model: { readonly knowsExamples: boolean; readonly tokenizer: { count(text: string): number } },
    { examples, labels, exampleForm: form }: ClassificationTask,
  ) {
    this.form = exampleForm(form, labels.map(neutraliseMarkers));
    // That a model was trained with the other form only the label set can say.
    const known = model.knowsExamples || form === 'retrieved' ? examples : [];
    this.own = known.flatMap(({ text, labels: own, rejected }) => (rejected ? [] : [safe(text, own, null)]));
    this.decided = new Map(
      known.flatMap(({ text, labels: own, rejected }, position) => {
        if (rejected === undefined || own.length === 0 || text.trim() === '') return [];
        const example = safe(text.slice(0, advance(text, 0, exampleLength)), own, rejected);
        const written = this.form.write('', [example]);
        return [
          [position, { example, tokens: model.tokenizer.count(written.text + formatExamples(written.examples)) }],
        ];
      }),
    );
  }

  /** Tokens to keep free for decided examples, of the `room` that they share with the text. */
  reserve(room: number): number {
    const longest = [...this.decided.values()].map(({ tokens }) => tokens).sort((a, b) => b - a);
    const wanted = longest.slice(0, this.form.mostDecided).reduce((sum, tokens) => sum + tokens, 0);
    return Math.min(wanted, Math.floor(room * largestShare));
  }

  /**
   * What is read for a text (without markers) with the decided examples of `positions` that fit into `room` tokens, in that order; one
   * that does not is left out.
   */
  with(text: string, positions: readonly number[], room: number): WrittenText {
    const chosen: ReadExample[] = [];
    let left = room;
    for (const position of positions) {
      const block = this.decided.get(position);
      if (!block || block.tokens > left || chosen.length === this.form.mostDecided) continue;
      chosen.push(block.example);
      left -= block.tokens;
    }
    return this.form.write(text, [...this.own, ...chosen]);
  }
}

function safe(text: string, labels: readonly string[], rejected: readonly string[] | null): ReadExample {
  return {
    text: neutraliseMarkers(text),
    labels: labels.map(neutraliseMarkers),
    rejected: rejected?.map(neutraliseMarkers) ?? null,
  };
}
