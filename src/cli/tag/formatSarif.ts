// `--format sarif`: tags that are findings as SARIF 2.1.0, which code hosts and editors show beside the text.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import path from 'node:path';
import type { FindingLevel, LabelSet } from '../../core/labelSet';
import { oneLine } from '../../core/readablePassage';
import { scoreWords } from '../../core/scoreText';
import { isIn } from '../../workspace/contained/isIn';
import { sarifHead } from '../../workspace/export/heads';
import { fileUri } from '../../workspace/find/nodeFileTree';
import { sha256 } from '../../workspace/read/sha256';
import type { DocumentReport, ReportPassage, SkippedReport } from './documentReport';
import type { Findings } from './findings';

export interface SarifParts {
  readonly set: LabelSet;
  readonly findings: Pick<Findings, 'labels'>;
  readonly model: { readonly name: string; readonly hash: string };
  readonly version: string;
  /** Paths are given relative to it: the working directory. */
  readonly folder: string;
}

type Tag = DocumentReport['tags'][number];

const baseId = '%SRCROOT%';

/** The whole log, in pieces, so that a large run is never held in memory as one string. */
export class SarifWriter {
  private readonly rules: readonly string[];
  private count = 0;

  constructor(
    private readonly write: (text: string) => void,
    private readonly parts: SarifParts,
  ) {
    this.rules = [...parts.findings.labels.keys()];
  }

  add(report: DocumentReport): void {
    for (const tag of [...report.tags, ...(report.rejected ?? [])]) {
      const level = this.parts.findings.labels.get(tag.label);
      if (level === undefined) continue;
      this.write(this.count === 0 ? this.opening() : ',\n');
      this.write(`        ${JSON.stringify(this.result(report, tag, level))}`);
      this.count++;
    }
  }

  end(skipped: readonly SkippedReport[]): void {
    if (this.count === 0) this.write(this.opening());
    const toolExecutionNotifications = skipped.map(({ file, reason, isFailure }) => ({
      level: isFailure ? 'warning' : 'note',
      message: { text: `${reason}.` },
      locations: [{ physicalLocation: { artifactLocation: this.artifact(file) } }],
    }));
    const invocations = [{ executionSuccessful: true, toolExecutionNotifications }];
    this.write(`\n      ],\n      "invocations": ${JSON.stringify(invocations)}\n    }\n  ]\n}\n`);
  }

  private opening(): string {
    const { set, model, version, folder } = this.parts;
    const rules = this.rules.map((name) => this.rule(name));
    const run = {
      columnKind: 'utf16CodeUnits',
      // As lines are counted here, and in the editor.
      newlineSequences: ['\r\n', '\n', '\r'],
      originalUriBaseIds: { [baseId]: { uri: `${fileUri(folder).replace(/\/$/u, '')}/` } },
      properties: { model: model.name, modelHash: model.hash, labelSet: set.name },
    };
    const driver = JSON.stringify({ version, semanticVersion: version, rules });
    const fields = Object.entries(run).map(
      ([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
    );
    return `${sarifHead}${driver.slice(1)} },\n${fields.join('')}      "results": [\n`;
  }

  private rule(name: string): object {
    const label = this.parts.set.labels.find((one) => one.name === name);
    return {
      id: name,
      shortDescription: { text: `Tagged “${name}”.` },
      fullDescription: { text: label?.description ?? `Tagged “${name}”.` },
      defaultConfiguration: { level: this.parts.findings.labels.get(name) },
    };
  }

  private result(report: DocumentReport, tag: Tag, level: FindingLevel): object {
    const { label, score, state } = tag;
    const passage = report.passages.get(label);
    return {
      ruleId: label,
      ruleIndex: this.rules.indexOf(label),
      level,
      message: { text: messageOf(report, tag) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: this.artifact(report.path),
            ...(passage && passage.text !== '' ? { region: regionOf(passage) } : {}),
          },
          ...(report.part === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: report.part }] }),
        },
      ],
      // Of what was found, not of where: lines that come or go above it change nothing.
      partialFingerprints: { 'labelPassage/v1': this.fingerprint(report, label, passage) },
      rank: 100 * score,
      ...(state === 'rejected' ? { suppressions: [{ kind: 'external', status: 'accepted' }] } : {}),
      properties: { score, ...(state === undefined ? {} : { state }) },
    };
  }

  private fingerprint(report: DocumentReport, label: string, passage: ReportPassage | undefined): string {
    const words = oneLine(passage?.text ?? '');
    return sha256(JSON.stringify([label, this.artifact(report.path).uri, words]));
  }

  private artifact(file: string): { readonly uri: string; readonly uriBaseId?: string } {
    const place = path.resolve(this.parts.folder, file);
    const inside = path.relative(this.parts.folder, place);
    if (inside === '' || !isIn(place, this.parts.folder)) return { uri: fileUri(place) };
    return { uri: inside.split(path.sep).map(encodeURIComponent).join('/'), uriBaseId: baseId };
  }
}

function messageOf({ part }: DocumentReport, { label, score, state }: Tag): string {
  const what = part === undefined ? 'Tagged' : `${part} is tagged`;
  if (state === undefined || state === 'proposed') return `${what} “${label}” (score ${scoreWords(score)}).`;
  return `${what} “${label}” (${state}).`;
}

/** Columns count from 1, `charOffset` from 0. */
function regionOf({ text, start, end, first, last }: ReportPassage): object {
  return {
    ...{ startLine: first.line + 1, startColumn: first.character + 1 },
    ...{ endLine: last.line + 1, endColumn: last.character + 1 },
    ...{ charOffset: start, charLength: end - start },
    snippet: { text },
  };
}
