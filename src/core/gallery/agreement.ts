// Whether a model sees what people tagged: of documents whose tags are known, how many the model gives each label.

/** A label on documents that carry it, and on all others. */
export interface Agreement {
  /** Documents read that carry the label; of these the model gives it to `agreed`. */
  readonly carrying: number;
  readonly agreed: number;
  /** Documents read that do not; of these the model gives it to `given`: forgotten tags, or a label that says too little. */
  readonly others: number;
  readonly given: number;
}

/** One document: what it carries, and what the model gives it. */
export interface JudgedDocument {
  readonly carries: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

export function agreements(labels: readonly string[], documents: readonly JudgedDocument[]): Map<string, Agreement> {
  return new Map(
    labels.map((label) => {
      const carrying = documents.filter(({ carries }) => carries.has(label));
      const others = documents.filter(({ carries }) => !carries.has(label));
      const given = (list: readonly JudgedDocument[]) => list.filter((one) => one.given.has(label)).length;
      return [
        label,
        { carrying: carrying.length, agreed: given(carrying), others: others.length, given: given(others) },
      ];
    }),
  );
}

/** Where the model gives the label to at most this share of those that carry it, it does not see what people mean. */
const agreeingShare = 0.5;

/** The model gives the label to most documents that carry it, and to a larger share of these than of the others. */
export function agrees({ carrying, agreed, others, given }: Agreement): boolean {
  if (carrying === 0 || agreed / carrying <= agreeingShare) return false;
  return others === 0 || agreed / carrying > given / others;
}
