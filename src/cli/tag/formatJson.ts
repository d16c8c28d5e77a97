// `--format json` and `jsonl`: results for programs. Offsets are UTF-16 units into the decoded text.
import type { DocumentReport, SkippedReport, TagStats } from './documentReport';

export function documentJson(report: DocumentReport): object {
  const { tags, scores } = resultJson(report);
  return {
    path: report.path,
    // First, since exports are known by it.
    tags,
    ...(report.part === undefined ? {} : { part: report.part }),
    ...(report.rejected ? { rejected: report.rejected.map(tagJson) } : {}),
    ...(report.given.length > 0 ? { given: report.given } : {}),
    scores,
  };
}

/** What there is of any document, wherever it stands. */
export function resultJson({ tags, scores }: Pick<DocumentReport, 'tags' | 'scores'>) {
  return {
    tags: tags.map(tagJson),
    scores: Object.fromEntries(scores.map(({ label, score }) => [label, score])),
  };
}

export function skippedJson({ path, reason }: Pick<SkippedReport, 'path' | 'reason'>): object {
  return { path, reason };
}

/** `state` (with `conflict` and `olderText` where they are) comes with decisions only. */
function tagJson({ label, score, start, end, state, conflict, olderText }: DocumentReport['tags'][number]): object {
  return {
    ...{ label, score, start, end },
    ...(state === undefined ? {} : { state }),
    ...(conflict ? { conflict } : {}),
    ...(olderText ? { olderText } : {}),
  };
}

/** The whole answer, in pieces, so that a large run is never held in memory as one string. */
export class JsonWriter {
  private count = 0;

  constructor(
    private readonly write: (text: string) => void,
    private readonly head: { readonly model: string; readonly modelHash: string; readonly labelSet: string },
  ) {}

  add(report: DocumentReport): void {
    this.write(this.count === 0 ? this.opening() : ',\n');
    this.write(`    ${JSON.stringify(documentJson(report))}`);
    this.count++;
  }

  end(skipped: readonly SkippedReport[], stats: TagStats): void {
    if (this.count === 0) this.write(this.opening());
    this.write(
      `\n  ],\n  "skipped": ${JSON.stringify(skipped.map(skippedJson))},\n  "stats": ${JSON.stringify(stats)}\n}\n`,
    );
  }

  private opening(): string {
    const fields = Object.entries(this.head).map(
      ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
    );
    return `{\n${fields.join('')}  "documents": [\n`;
  }
}
