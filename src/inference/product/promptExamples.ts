// Examples that a model reads with each text, as upstream writes them: all that the label set has, then the nearest decided ones.
import { advance } from '../../core/codePoints';
import type { Example } from '../../core/labelSet';
import { exampleLength } from '../../shared/nearestExamples';
import { formatExamples } from '../pipeline/fewShot';
import type { PromptExample } from '../pipeline/fewShot';
import { neutraliseMarkers } from '../pipeline/neutraliseMarkers';

/** Decided examples of one text: upstream trains with at most five. */
const mostDecided = 5;
/** Decided examples never take more of the room than the text gets. */
const largestShare = 0.5;

interface Block {
  readonly example: PromptExample;
  /** Tokens that it takes. */
  readonly tokens: number;
}

export class PromptExamples {
  private readonly own: readonly PromptExample[];
  /** By position in the task. A text of which only rejections are known is none: upstream's form has no words for them. */
  private readonly decided: ReadonlyMap<number, Block>;

  /** @param model Counts tokens. */
  constructor(model: { readonly tokenizer: { count(text: string): number } }, examples: readonly Example[]) {
    this.own = examples.filter(({ rejected }) => rejected === undefined).map(({ text, labels }) => safe(text, labels));
    this.decided = new Map(
      examples.flatMap(({ text, labels, rejected }, position) => {
        if (rejected === undefined || labels.length === 0 || text.trim() === '') return [];
        const example = safe(text.slice(0, advance(text, 0, exampleLength)), labels);
        return [[position, { example, tokens: model.tokenizer.count(formatExamples([example])) }]];
      }),
    );
  }

  /** Tokens to keep free for decided examples, of the `room` that they share with the text. */
  reserve(room: number): number {
    const longest = [...this.decided.values()].map(({ tokens }) => tokens).sort((a, b) => b - a);
    const wanted = longest.slice(0, mostDecided).reduce((sum, tokens) => sum + tokens, 0);
    return Math.min(wanted, Math.floor(room * largestShare));
  }

  /** The examples block with those of `positions` that fit into `room` tokens, in that order; one that does not is left out. */
  block(positions: readonly number[], room: number): string {
    const chosen: PromptExample[] = [];
    let left = room;
    for (const position of positions) {
      const block = this.decided.get(position);
      if (!block || block.tokens > left || chosen.length === mostDecided) continue;
      chosen.push(block.example);
      left -= block.tokens;
    }
    return formatExamples([...this.own, ...chosen]);
  }
}

function safe(text: string, labels: readonly string[]): PromptExample {
  return { text: neutraliseMarkers(text), labels: labels.map(neutraliseMarkers) };
}
