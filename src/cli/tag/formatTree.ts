// `--format tree`: documents with their tags under the hierarchy of labels, for people.
import { advance } from '../../core/codePoints';
import { isMarkdownName } from '../../core/markdownLines';
import { readableMarkdown } from '../../core/readablePassage';
import { placeName } from '../../workspace/split/parts';
import type { Label, LabelSet } from '../../core/labelSet';
import type { DocumentReport, SkippedReport, TagStats } from './documentReport';
import { shownLine } from '../shownLine';
import { scoreBar } from './scoreBar';

type Tag = DocumentReport['tags'][number];

const evidenceWidth = 60;

/** Lines of one document, without a trailing line break. */
export function documentTree(report: DocumentReport, set: LabelSet): string {
  const count = report.tags.length === 1 ? '1 tag' : `${report.tags.length} tags`;
  const lines = [`${placeName(report)}  ${report.tags.length === 0 ? 'none fits' : count}`];
  const labels = new Map(set.labels.map((label) => [label.name, label]));
  const width = Math.max(0, ...report.tags.map(({ label }) => labels.get(label)?.path.at(-1)?.length ?? 0));
  let shown = '';
  for (const tag of inSetOrder(report.tags, set)) {
    const label = labels.get(tag.label);
    if (!label) continue;
    const parents = label.path.slice(0, -1);
    const parent = parents.join('.');
    if (parent !== shown && parents.length > 0)
      lines.push(`  ${parents.join(' › ')}${set.exclusive.includes(parent) ? ' (one of)' : ''}`);
    shown = parent;
    lines.push(tagLine(tag, label, width, passageOf(report, tag.label)));
  }
  if (report.given.length > 0) lines.push(`  given: ${report.given.join(', ')}`);
  return lines.map(shownLine).join('\n');
}

/** Groups keep the order of the set; within a group the best tag comes first. */
function inSetOrder(tags: DocumentReport['tags'], set: LabelSet): Tag[] {
  const parents = [...new Set(set.labels.map((label) => parentOf(label)))];
  const byName = new Map(set.labels.map((label) => [label.name, parents.indexOf(parentOf(label))]));
  return [...tags].sort((a, b) => (byName.get(a.label) ?? 0) - (byName.get(b.label) ?? 0) || b.score - a.score);
}

function parentOf(label: Label): string {
  return JSON.stringify(label.path.slice(0, -1));
}

function tagLine(tag: Tag, label: Label, width: number, evidence: string | undefined): string {
  const name = (label.path.at(-1) ?? label.name).padEnd(width);
  const passage = evidence === undefined ? '' : `  “${cut(evidence.replace(/\s+/g, ' ').trim())}”`;
  const state = tag.state === undefined || tag.state === 'proposed' ? '' : `  (${tag.state})`;
  return `    ${scoreBar(tag.score)}  ${name}${state}${passage}`;
}

function passageOf({ path, passages }: DocumentReport, label: string): string | undefined {
  const text = passages.get(label)?.text;
  return text !== undefined && isMarkdownName(path) ? readableMarkdown(text) : text;
}

function cut(text: string): string {
  const end = advance(text, 0, evidenceWidth);
  return end >= text.length ? text : `${text.slice(0, end)}…`;
}
/** The closing lines: counts, and each skipped path with its reason. */
export function treeSummary(skipped: readonly SkippedReport[], stats: TagStats, documents: number): string {
  const parts = [`${documents} ${documents === 1 ? 'document' : 'documents'} tagged`];
  if (stats.reused > 0) parts.push(`${stats.reused} unchanged`);
  if (stats.relabelled > 0) parts.push(`${stats.relabelled} relabelled`);
  if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
  return [...skipped.map(({ path, reason }) => shownLine(`skipped ${path}: ${reason}`)), parts.join(', ')].join('\n');
}
