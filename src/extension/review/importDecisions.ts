// "Import Decisions": decisions as "Export Decisions" writes them, or labels that were given in other programs.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { parsingLines, type ParsedLines } from '../../core/review/decisionLines';
import { importDecisions as labelDecisions } from '../../core/review/exchange/importDecisions';
import { readImport } from '../../core/review/exchange/readImport';
import type { PlaceText } from '../../core/review/steps';
import { withoutProblems } from '../../workspace/decisions/decisionsFile';
import { Breather } from '../../workspace/flow/breather';
import { inSlices } from '../../workspace/flow/inSlices';
import { sha256 } from '../../workspace/read/sha256';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { nameOf } from '../results/documentNames';
import type { Results } from '../results/results';
import type { Decisions } from './decisions';
import { tellWithReasons } from './exchangeNotice';

export interface ImportParts {
  readonly decisions: Decisions;
  readonly results: Results;
  readonly labelSets: LabelSets;
  /** Reads what is kept: documents are found by their texts. */
  readonly load: () => Promise<void>;
}

/** Decisions as `exportDecisions` writes them; or labels that people gave in other programs, under the set in use. */
export async function importDecisions(parts: ImportParts, reporter: Reporter): Promise<void> {
  const title = vscode.l10n.t('Import Decisions');
  const picked = await vscode.window.showOpenDialog({ filters: { JSON: ['jsonl', 'json', 'ndjson'] }, title });
  const file = picked?.[0];
  if (!file) return;
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const lines = await inSlices(parsingLines(content));
  if (!areDecisions(content, lines)) {
    await importLabels(content, file, parts, reporter);
    return;
  }
  const all = withoutProblems(file.fsPath, lines);
  const { changed } = await parts.decisions.merge(all, { action: 'import', count: all.length });
  reporter.notice(
    vscode.l10n.t(
      'New decisions taken: {0} of {1}. “Undo Decision” takes that back.',
      wholeNumber(changed),
      wholeNumber(all.length),
    ),
  );
}

async function importLabels(
  content: string,
  file: vscode.Uri,
  { decisions, results, labelSets, load }: ImportParts,
  reporter: Reporter,
): Promise<void> {
  const set = labelSets.active();
  await load();
  const places = new Map<string, PlaceText>();
  const breather = new Breather();
  for (const id of results.ids()) {
    const place = await results.decidedPlace(id);
    if (place) places.set(place.textHash, place);
    if (breather.due) await breather.pause();
  }
  const decided = new Set((await decisions.all()).filter((one) => one.set === set.name).map((one) => one.textHash));
  const { step, texts, notTaken } = labelDecisions(readImport(content), {
    set: set.name,
    labels: set.labels.map(({ name }) => name),
    source: nameOf(file).title,
    hashOf: sha256,
    isDecided: (hash) => decided.has(hash),
    placeOf: (hash) => places.get(hash) ?? null,
  });
  const changed = step.decisions.length === 0 ? 0 : (await decisions.decide(step)).changed;
  const taken = vscode.l10n.t(
    'Taken for the label set “{0}”: {1} on {2}.',
    set.name,
    changed === 1 ? vscode.l10n.t('1 decision') : vscode.l10n.t('{0} decisions', wholeNumber(changed)),
    texts === 1 ? vscode.l10n.t('1 text') : vscode.l10n.t('{0} texts', wholeNumber(texts)),
  );
  const reasons = notTaken.map(({ unit, position, reason }) => `${unit} ${position} ${reason}`);
  for (const reason of reasons) reporter.done(`${nameOf(file).title}: not taken: ${reason}`);
  tellWithReasons(taken, vscode.l10n.t('Not taken'), reasons, reporter);
}

/** Lines of decisions, whole or not: else they would be taken for the rows of another program. */
function areDecisions(content: string, { decisions, problems }: ParsedLines): boolean {
  return decisions.length > 0 || (content.includes('"verdict"') && problems.length > 0);
}
