// Answers agents from this window: its label sets, its models, what is tagged in it.
import * as vscode from 'vscode';
import type {
  AgentLabelSet,
  AgentSource,
  Classified,
  ClassifyRequest,
  FindRequest,
  FoundDocument,
  FoundDocuments,
  FoundPassage,
  PassagesRequest,
} from '../../agents/agentSource';
import { agentTag } from '../../agents/agentTag';
import { classifiedOf } from '../../agents/classified';
import { describeSets } from '../../agents/describeSets';
import { maxTextLength } from '../../agents/limits';
import { labelSetCalled, ownLabels } from '../../agents/ownLabels';
import { placer, type ReadIn } from '../../agents/placed';
import { byRank, rankOf } from '../../agents/rank';
import type { LabelSet } from '../../core/labelSet';
import { TagSearch } from '../../core/query/tagSearch';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { ContainedFolders } from '../../workspace/contained/containedFolders';
import { Breather } from '../../workspace/flow/breather';
import { fragmentWords } from '../../workspace/split/parts';
import { decideScored, type Tagger } from '../classify/tagger';
import type { LabelSets } from '../labels/labelSets';
import type { Models } from '../models/models';
import { keptPassages } from '../passages/keptPassages';
import type { IndexHome } from '../results/indexHome';
import type { Results } from '../results/results';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { IndexFile } from '../workspace/indexFile';

export interface WindowSourceParts {
  readonly labelSets: LabelSets;
  readonly tagger: Tagger;
  readonly models: Models;
  readonly results: Results;
  readonly index: IndexHome;
  readonly file: IndexFile;
  readonly documents: DocumentTexts;
}

export class WindowSource implements AgentSource {
  constructor(private readonly parts: WindowSourceParts) {}

  labelSets(): Promise<readonly AgentLabelSet[]> {
    const { sets, active } = this.parts.labelSets.read();
    return Promise.resolve(describeSets(sets, active));
  }

  async classify({ text, path, labelSet, labels }: ClassifyRequest, signal: CancelSignal): Promise<Classified> {
    const set = labels ? ownLabels(labels) : this.set(labelSet);
    const read = path === undefined ? { text: text ?? '', runs: [], file: text ?? '' } : await this.document(path);
    const [scored] = await this.parts.tagger.score([{ id: 'agent', text: read.text }], set, { signal });
    if (!scored?.ok) throw new AppError('inference-failed', scored?.message ?? 'The model gave no answer.');
    const by = { labelSet: labels ? null : set.name, model: scored.modelName };
    return classifiedOf(decideScored(scored, set), read, by);
  }

  async findByTag(request: FindRequest, signal: CancelSignal): Promise<FoundDocuments> {
    const set = await this.shownSet(request.labelSet);
    const matches = await this.matches(set, request, signal);
    const documents: FoundDocument[] = [];
    for (const { id } of matches.slice(0, request.limit)) documents.push(await this.found(id));
    return { labelSet: set.name, total: matches.length, documents };
  }

  async findPassages({ query, limit, ...where }: PassagesRequest, signal: CancelSignal): Promise<FoundPassage[]> {
    const { file, models, documents } = this.parts;
    const set = await this.shownSet(undefined);
    const key = await file.keyOf(set);
    if (!key) throw nothingTagged();
    const wanted = await this.wanted(set, where, signal);
    const { passages } = await keptPassages(
      query,
      key,
      { models, texts: documents },
      { set, wanted, top: limit, signal },
    );
    return passages.map(({ place, ...passage }) => ({ ...named(place.uri), ...passage }));
  }

  private set(name: string | undefined): LabelSet {
    const { labelSets } = this.parts;
    return name === undefined ? labelSets.active() : labelSetCalled(labelSets.read().sets, name, labelSets.active());
  }

  /** The set whose tags this window knows, when they are read. */
  private async shownSet(name: string | undefined): Promise<LabelSet> {
    const { labelSets, index, results } = this.parts;
    await index.load();
    await labelSets.settled();
    const set = labelSets.shown();
    if (this.set(name ?? set.name).name !== set.name)
      throw new AppError(
        'input-invalid',
        `The window shows the tags of “${set.name}”. Those of “${name ?? ''}” can be searched after “GLiTag: Choose Label Set”.`,
      );
    if (results.isEmpty) throw nothingTagged();
    return set;
  }

  /** Tells of documents whether they are in what the agent named, and match its search where it searches. */
  private async wanted(
    set: LabelSet,
    { search, ...where }: Pick<PassagesRequest, 'search' | 'path'>,
    signal: CancelSignal,
  ): Promise<(uri: string) => boolean> {
    if (search === undefined) return this.within(where.path);
    const ids = new Set((await this.matches(set, { ...where, search }, signal)).map(({ id }) => id));
    return (uri) => ids.has(uri);
  }

  /** Those in what the agent named, best first. */
  private async matches(
    set: LabelSet,
    { search, path }: Pick<FindRequest, 'search' | 'path'>,
    signal: CancelSignal,
  ): Promise<{ readonly id: string; readonly path: string; readonly rank: number }[]> {
    const { results } = this.parts;
    const isIn = await this.within(path);
    const test = new TagSearch(
      search,
      set.labels.map(({ name }) => name),
    );
    const matches: { readonly id: string; readonly path: string; readonly rank: number }[] = [];
    const breather = new Breather();
    for (const id of results.ids()) {
      if (breather.due) await breather.pause();
      if (signal.aborted) throw new AppError('cancelled', 'The call was cancelled.');
      const summary = isIn(id) ? results.summary(id) : undefined;
      if (!summary) continue;
      const called = pathOf(id);
      const match = test.match(summary, called);
      if (match) matches.push({ id, path: called, rank: rankOf(summary, match) });
    }
    return matches.sort(byRank);
  }

  private async found(id: string): Promise<FoundDocument> {
    const { results } = this.parts;
    const evidence = await results.evidence(id);
    const summary = results.summary(id);
    const placed = evidence ? placer({ file: evidence.document, runs: evidence.runs }) : null;
    const tags = (results.effective(id)?.tags ?? []).map((tag) => agentTag(tag, placed));
    return {
      ...named(id),
      tags,
      ...(summary?.given ? { given: summary.given } : {}),
      ...(summary?.stale || !evidence ? { stale: true } : {}),
    };
  }

  /**
   * Whether documents are in the workspace, and in what the agent named of it. What else the window shows (files from elsewhere, texts
   * that no file holds) is not told. Folders that are not on this machine are known to the editor alone, and have no paths to name.
   */
  private async within(path: string | undefined): Promise<(uri: string) => boolean> {
    const isIn = await openFolders().within(path);
    if (path !== undefined) return isIn;
    return (uri) => isIn(uri) || vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) !== undefined;
  }

  private async document(path: string): Promise<ReadIn & { readonly text: string }> {
    const uri = vscode.Uri.file(await openFolders().resolve(path));
    const { size, type } = await vscode.workspace.fs.stat(uri);
    // The characters of a text are at most its bytes.
    const read =
      type === vscode.FileType.File && size <= 4 * maxTextLength
        ? await this.parts.documents.now({ uri: uri.toString(), path: pathOf(uri.toString()) })
        : { ok: false as const };
    if (read.ok && read.text.length <= maxTextLength) return { text: read.text, runs: read.runs, file: read.document };
    throw new AppError(
      'document-unreadable',
      `${JSON.stringify(path)} cannot be classified: it is no text file, or longer than ${maxTextLength} characters.`,
    );
  }
}

/** The workspace's folders that are on this machine. */
export function openFolders(): ContainedFolders {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return ContainedFolders.of(folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath));
}

function pathOf(id: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(id).with({ fragment: '' }));
}

function named(id: string): { readonly path: string; readonly part?: string } {
  return { path: pathOf(id), ...fragmentWords(id) };
}

function nothingTagged(): AppError {
  return new AppError(
    'index-unavailable',
    'No document of this workspace is tagged yet. The user can run “GLiTag: Tag Workspace”.',
  );
}
