// The exact strings that each architecture reads for one text: upstream's `prepare_input`, without a space added anywhere.
import { markers } from '../model/textSide';
import type { Architecture } from '../model/modelConfig';

/** The two fields of the configuration that decide the layout. */
export interface InputLayout {
  readonly architectureType: Architecture;
  /** Labels stand before the text. */
  readonly promptFirst: boolean;
}

export interface TextInput {
  readonly text: string;
  readonly labels: readonly string[];
  /** Task description; empty for none. */
  readonly prompt: string;
  /** Examples block of `formatExamples`; empty for none. Bi-encoders ignore it. */
  readonly examples: string;
}

/** What is tokenised for one text; the parts that an architecture does not have are null. */
export interface InputStrings {
  /** Read by the text encoder. For decoder-kv the context, which alone may be cut. */
  readonly main: string;
  /** Labels as one string: encoder-decoders (second input), decoder-kv (appended to the context). */
  readonly classes: string | null;
  /** Labels one by one: bi-encoders, read by the label encoder. */
  readonly labels: readonly string[] | null;
  readonly labelCount: number;
}

/** Lays out one text for the model. */
export function buildInput(layout: InputLayout, input: TextInput): InputStrings {
  const { text, labels, prompt, examples } = input;
  const labelCount = labels.length;
  switch (layout.architectureType) {
    case 'uni-encoder': {
      const task = markedLabels(labels) + prompt;
      const main = layout.promptFirst ? task + text + examples : text + task + examples;
      return { main, classes: null, labels: null, labelCount };
    }
    case 'encoder-decoder':
    case 'encoder-decoder-cls':
      return { main: text + examples, classes: markedLabels(labels) + prompt, labels: null, labelCount };
    case 'bi-encoder':
      return { main: prompt === '' ? text : `${prompt} ${text}`, classes: null, labels, labelCount };
    case 'bi-encoder-fused': {
      // Training puts no prompt here and a space after the markers; the numbers that count are the pipeline's.
      const task = (prompt === '' ? '' : `${prompt} `) + markers.label.repeat(labelCount) + markers.separator;
      const main = layout.promptFirst ? task + text + examples : text + task + examples;
      return { main, classes: null, labels, labelCount };
    }
    case 'decoder-kv': {
      const section = labels.map((label) => label + markers.label).join('');
      const classes = markers.separator + section + markers.separator;
      return { main: prompt + examples + text, classes, labels: null, labelCount };
    }
  }
}

/** <<LABEL>> before each label, one <<SEP>> after them all. */
function markedLabels(labels: readonly string[]): string {
  return labels.map((label) => markers.label + label).join('') + markers.separator;
}
