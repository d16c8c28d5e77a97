// A label's vector as it would be without some of the texts that moved it: from the solution for all, in inner products alone.
import { dot } from './dot';
import { addScaled, descend, pullOf } from './fewShot';

/** As `tolerance` in fewShot, but nearer: small differences of scores are what is asked for. */
const precision = 3e-4;

/** Inner products of vectors, each computed once: labels share their examples. */
export class Products {
  private readonly numbers = new Map<Float32Array, number>();
  private readonly known: Float32Array;

  /** @param vectors All that will be asked for. */
  constructor(vectors: readonly Float32Array[]) {
    for (const vector of vectors) this.numbers.set(vector, this.numbers.size);
    this.known = new Float32Array(this.numbers.size ** 2).fill(NaN);
  }

  /** Row-major [texts, texts]. */
  of(texts: readonly Float32Array[]): Float64Array {
    const { known } = this;
    const size = this.numbers.size;
    const numbers = texts.map((text) => this.numbers.get(text) ?? 0);
    const all = new Float64Array(texts.length ** 2);
    for (const [row, text] of texts.entries()) {
      const from = numbers[row] ?? 0;
      for (let column = 0; column <= row; column++) {
        const to = numbers[column] ?? 0;
        let product = known[from * size + to] ?? NaN;
        if (Number.isNaN(product)) {
          product = dot(text, texts[column] ?? text);
          known[from * size + to] = product;
          known[to * size + from] = product;
        }
        all[row * texts.length + column] = product;
        all[column * texts.length + row] = product;
      }
    }
    return all;
  }
}

/** One label and the texts by which it was moved. */
export class LeaveOut {
  private readonly texts: readonly Float32Array[];
  /** [texts, texts]. */
  private readonly products: Float64Array;
  /** [texts]: logits of the zero-shot vector. */
  private readonly zeroLogits: Float64Array;
  /** [texts]: β where all texts count. */
  private readonly parts: Float64Array;
  /** [texts]: Σ β x·x of the same. */
  private readonly sums: Float64Array;

  /** As for `moveLabel`; `products` of all these texts. */
  constructor(
    private readonly zeroShot: Float32Array,
    private readonly positives: readonly Float32Array[],
    negatives: readonly Float32Array[],
    products: Products,
  ) {
    this.texts = [...positives, ...negatives];
    this.products = products.of(this.texts);
    this.zeroLogits = Float64Array.from(this.texts, (text) => dot(text, zeroShot));
    this.parts = new Float64Array(this.texts.length);
    this.sums = new Float64Array(this.texts.length);
    this.solve(this.parts, this.sums, new Set());
  }

  /**
   * What `moveLabel` gives for the texts that are left, but nearer to the optimum (docs/FEWSHOT.md).
   * @param left Positions of texts that do not count, positives first.
   */
  without(left: ReadonlySet<number>): Float32Array {
    const parts = this.parts.slice();
    const sums = this.sums.slice();
    for (const index of left) {
      this.addProducts(sums, index, -(parts[index] ?? 0));
      parts[index] = 0;
    }
    const pull = this.solve(parts, sums, left);
    if (!(pull > 0)) return this.zeroShot;
    const moved = Float64Array.from(this.zeroShot);
    for (const [index, text] of this.texts.entries()) {
      const factor = (parts[index] ?? 0) / pull;
      if (factor !== 0) addScaled(moved, text, factor);
    }
    return Float32Array.from(moved);
  }

  /** Changes `parts` and their `sums` in place; returns τ s². */
  private solve(parts: Float64Array, sums: Float64Array, left: ReadonlySet<number>): number {
    const all = this.texts.flatMap((_, index) => (left.has(index) ? [] : [index]));
    const pull = pullOf(all.map((index) => this.lengthOf(index)));
    if (!(pull > 0)) return 0;
    descend(
      parts,
      all,
      {
        carriedBy: this.positives.length,
        steepness: (index) => this.lengthOf(index) / pull,
        logit: (index) => (this.zeroLogits[index] ?? 0) + (sums[index] ?? 0) / pull,
        add: (index, change) => {
          if (change !== 0) this.addProducts(sums, index, change);
        },
      },
      precision,
    );
    return pull;
  }

  private lengthOf(index: number): number {
    return this.products[index * this.texts.length + index] ?? 0;
  }

  private addProducts(sums: Float64Array, index: number, factor: number): void {
    const start = index * sums.length;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + factor * (this.products[start + at] ?? 0);
  }
}
