// The formats of `glitag tag`, behind one face.
import type { LabelSet } from '../../core/labelSet';
import type { ModelDescription } from '../../shared/classifier';
import { placeName } from '../../workspace/split/parts';
import { version } from '../../../package.json';
import type { DocumentReport, SkippedReport, TagStats } from './documentReport';
import type { Findings } from './findings';
import { csvHeader, csvRows } from './formatCsv';
import { documentJson, JsonWriter, skippedJson } from './formatJson';
import { SarifWriter } from './formatSarif';
import { documentTree, treeSummary } from './formatTree';

export interface Output {
  /** Documents are printed as they are done, in any order; others come sorted, when the run is over. */
  readonly streams: boolean;
  /** Of which tags the passages are shown, so that they have to be looked for; absent where of none. */
  readonly passagesOf?: (document: Pick<DocumentReport, 'tags' | 'rejected'>) => DocumentReport['tags'];
  document(report: DocumentReport): void;
  end(skipped: readonly SkippedReport[], stats: TagStats): void;
}

export interface OutputParts {
  readonly set: LabelSet;
  readonly findings: Findings;
  readonly model: Pick<ModelDescription, 'name' | 'hash'>;
  readonly write: (text: string) => void;
}

export function createOutput(format: string, parts: OutputParts): Output {
  switch (format) {
    case 'json':
      return jsonOutput(parts);
    case 'jsonl':
      return jsonLinesOutput(parts);
    case 'csv':
      return csvOutput(parts);
    case 'sarif':
      return sarifOutput(parts);
    default:
      return treeOutput(parts);
  }
}

function treeOutput({ set, write }: OutputParts): Output {
  let count = 0;
  return {
    streams: false,
    passagesOf: ({ tags }) => tags,
    document: (report) => {
      count++;
      write(`${documentTree(report, set)}\n`);
    },
    end: (skipped, stats) => {
      write(`\n${treeSummary(skipped, stats, count)}\n`);
    },
  };
}

function jsonOutput({ set, model, write }: OutputParts): Output {
  const json = new JsonWriter(write, { model: model.name, modelHash: model.hash, labelSet: set.name });
  return {
    streams: false,
    document: (report) => {
      json.add(report);
    },
    end: (skipped, stats) => {
      json.end(skipped, stats);
    },
  };
}

/** One object a line: documents, then skipped paths, then the counts. */
function jsonLinesOutput({ write }: OutputParts): Output {
  const printed = new Set<string>();
  return {
    streams: true,
    document: (report) => {
      const name = placeName(report);
      if (printed.has(name)) return;
      printed.add(name);
      write(`${JSON.stringify(documentJson(report))}\n`);
    },
    end: (skipped, stats) => {
      for (const skip of skipped) write(`${JSON.stringify({ skipped: skippedJson(skip) })}\n`);
      write(`${JSON.stringify({ stats })}\n`);
    },
  };
}

function csvOutput({ write }: OutputParts): Output {
  write(csvHeader());
  return {
    streams: false,
    document: (report) => {
      write(csvRows(report));
    },
    // A table of tags has no place for what has none.
    end: (skipped) => {
      const count = skipped.filter(({ isLeftOut }) => !isLeftOut).length;
      if (count > 0) process.stderr.write(`glitag: ${count} skipped: “--format tree” says which, and why.\n`);
    },
  };
}

function sarifOutput({ write, ...parts }: OutputParts): Output {
  const { labels } = parts.findings;
  const sarif = new SarifWriter(write, { ...parts, version, folder: process.cwd() });
  return {
    streams: false,
    passagesOf: ({ tags, rejected = [] }) => [...tags, ...rejected].filter(({ label }) => labels.has(label)),
    document: (report) => {
      sarif.add(report);
    },
    end: (skipped) => {
      sarif.end(skipped);
    },
  };
}
