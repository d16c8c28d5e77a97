// Which pieces of which texts the chunking pipeline runs together, with the prompt and examples of each.
import { advance } from '../../core/codePoints';
import { AppError } from '../../shared/errors';
import { promptAsUpstream, promptOf } from './callOptions';
import type { PromptOption } from './callOptions';
import { examplesOf, formatExamples } from './fewShot';
import type { ExamplesOption } from './fewShot';
import type { TextInput } from './inputStrings';
import type { PassRunner } from './passRunner';
import { slicePasses } from './passGroups';

export interface ChunkRequest {
  readonly texts: readonly string[];
  readonly batchSize: number;
  readonly prompt: PromptOption | undefined;
  readonly examples: ExamplesOption | undefined;
  /** Code points up to which a text is one piece. */
  readonly chunkSize: number;
  readonly split: (text: string) => string[];
}

export interface Piece extends Omit<TextInput, 'labels'> {
  /** Of the text it is from. */
  readonly index: number;
}

export interface ChunkPlan {
  readonly pieces: readonly Piece[];
  /** Indexes of pieces that go to the model together, in order. */
  readonly slices: readonly (readonly number[])[];
  /** Indexes of texts whose scores are the maximum over their pieces. */
  readonly long: ReadonlySet<number>;
}

/**
 * Upstream's order and indexing: short texts first, in batches, with prompts by their place among the short texts and
 * per-text examples by their place in the batch; then each chunk alone, with the text's own prompt and the first text's examples.
 */
export function planAsUpstream(request: ChunkRequest): ChunkPlan {
  const { texts, prompt, examples, batchSize } = request;
  const long = new Set(texts.flatMap((text, index) => (isLong(text, request.chunkSize) ? [index] : [])));
  const short = texts.flatMap((text, index) => (long.has(index) ? [] : [{ text, index }]));
  const pieces: Piece[] = [];
  const slices: number[][] = [];
  for (const batch of slicePasses(short.length, batchSize)) {
    slices.push([...batch]);
    for (const [place, position] of batch.entries()) {
      const { text, index } = short[position] ?? { text: '', index: 0 };
      pieces.push({
        text,
        index,
        prompt: promptAsUpstream(prompt, batch[0] ?? 0, batch.length, place),
        examples: formatExamples(examplesOf(examples, place)),
      });
    }
  }
  for (const index of long)
    for (const text of request.split(texts[index] ?? '')) {
      slices.push([pieces.length]);
      pieces.push({
        text,
        index,
        prompt: promptAsUpstream(prompt, 0, texts.length, index),
        examples: formatExamples(examplesOf(examples, 0)),
      });
    }
  return { pieces, slices, long };
}

/**
 * Prompts and examples by document. A chunk that has more tokens than the model reads is halved until all of it fits, so no
 * text is lost.
 * @throws AppError input-invalid where prompt, labels and examples leave no room for text.
 */
export function planByDocument(
  request: ChunkRequest,
  runner: PassRunner,
  groups: readonly (readonly string[])[],
  overlap: number,
): ChunkPlan {
  const pieces: Piece[] = [];
  const long = new Set<number>();
  for (const [index, text] of request.texts.entries()) {
    const own = {
      index,
      prompt: promptOf(request.prompt, index),
      examples: formatExamples(examplesOf(request.examples, index)),
    };
    const fits = (part: string): boolean =>
      groups.every((labels) => runner.encode({ ...own, text: part, labels }).cutTokens === 0);
    const parts = request.split(text).flatMap((chunk) => fittingParts(chunk, overlap, fits));
    if (parts.length > 1) long.add(index);
    for (const part of parts) pieces.push({ ...own, text: part });
  }
  return { pieces, slices: [pieces.map((_, place) => place)], long };
}

function fittingParts(text: string, overlap: number, fits: (part: string) => boolean): string[] {
  if (fits(text)) return [text];
  const length = Array.from(text).length;
  if (length < 2)
    throw new AppError(
      'input-invalid',
      'Labels, prompt and examples fill the whole input of the model and leave no room for text. ' +
        'Use smaller groups of labels, fewer examples, or a greater maximum length.',
    );
  // A small piece shares at most a quarter of itself, so that halving always ends.
  const shared = Math.min(overlap, Math.floor(length / 4));
  const size = Math.ceil((length + shared) / 2);
  const end = advance(text, 0, size);
  const start = advance(text, 0, size - shared);
  return [text.slice(0, end), text.slice(start)].flatMap((part) => fittingParts(part, overlap, fits));
}

function isLong(text: string, chunkSize: number): boolean {
  return advance(text, 0, chunkSize) < text.length;
}
