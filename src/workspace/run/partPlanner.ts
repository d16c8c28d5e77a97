// Decides for each part of a split file what it needs; the file is read only where the index does not know all its parts.
import { keptTime } from '../read/settled';
import { readParts, splitReading, type FilePart } from '../read/readParts';
import { fileOf, partUri } from '../split/parts';
import type { SplitRule } from '../split/splitRule';
import type { KnownDocument, RunWriter } from '../store/runWriter';
import { Breather } from '../flow/breather';
import { pages } from '../flow/pages';
import type { DocumentSource, FileTree, FoundFile, ReadOptions, SourceFile } from '../types';
import type { Step } from './planner';

/** Rows of the index looked at in one turn. */
const pageSize = 256;

export class PartPlanner {
  /** Of the file that was read last: parts whose kept vectors are useless come one by one. */
  private last: { readonly key: string; readonly steps: readonly Step[] } | null = null;

  constructor(
    private readonly tree: FileTree,
    private readonly writer: RunWriter,
    private readonly read: ReadOptions,
    private readonly now: () => number,
    /** What a text that the index has met needs; null: the model. */
    private readonly known: (file: SourceFile, content: KnownDocument['content']) => Step | null,
  ) {}

  async plan(file: FoundFile, rule: SplitRule): Promise<readonly Step[]> {
    const fromIndex = this.read.textOf?.(file.uri) === undefined ? await this.fromIndex(file, rule) : null;
    return fromIndex ?? this.fromFile(file, rule, false);
  }

  /** One part, to be classified whatever is kept of it. */
  async readOne(part: SourceFile, rule: SplitRule): Promise<Step> {
    const uri = fileOf(part.uri);
    const key = `${uri} ${part.size} ${part.mtimeMs}`;
    if (this.last?.key !== key) this.last = { key, steps: await this.fromFile({ ...part, uri }, rule, true) };
    const step = this.last.steps.find((one) => one.type === 'classify' && one.file.uri === part.uri);
    const { root, path } = part;
    const gone = {
      uri: part.uri,
      root,
      path,
      reason: 'unreadable',
      detail: 'it is no longer in its file',
      folder: false,
    } as const;
    return step ?? { type: 'skip', skip: gone };
  }

  /** Null where the file changed, is read otherwise by now, or some of its parts have to be read. */
  private async fromIndex(file: FoundFile, rule: SplitRule): Promise<Step[] | null> {
    const reading = splitReading(file.uri, rule, this.read);
    const whole = this.writer.document(file, reading);
    const { parts = 0 } = whole?.source ?? {};
    if (!whole?.content || parts === 0) return null;
    const steps: Step[] = [{ type: 'whole', file: { ...file, source: whole.source }, contentId: whole.content.id }];
    for await (const page of pages((after) => this.writer.parts(file, reading, after, pageSize))) {
      for (const { uri, part, ...known } of page) {
        const step: Step | null =
          known.current && known.content?.hasResult === true
            ? { type: 'current', documentId: known.id }
            : this.known({ ...file, uri, part, source: known.source }, known.content);
        if (!step) return null;
        steps.push(step);
      }
    }
    return steps.length - 1 === parts ? steps : null;
  }

  private async fromFile(file: FoundFile, rule: SplitRule, anew: boolean): Promise<readonly Step[]> {
    const readAtMs = this.now();
    const result = await readParts(this.tree, file, rule, this.read);
    const { uri, root, path } = file;
    if (!result.ok) {
      const { reason, detail } = result;
      return [{ type: 'skip', skip: { uri, root, path, reason, detail, folder: false } }];
    }
    const seen = { ...file, mtimeMs: keptTime(file.mtimeMs, readAtMs, result.fromEditor) };
    const reading = splitReading(uri, rule, this.read);
    const source = { reading, runs: [], given: [], parts: result.parts.length };
    const steps: Step[] = [{ type: 'whole', file: { ...seen, source }, hash: result.hash }];
    const breather = new Breather();
    for (const part of result.parts) {
      steps.push(this.stepOf(seen, part, reading, anew));
      if (breather.due) await breather.pause();
    }
    return steps;
  }

  private stepOf(file: FoundFile, part: FilePart, reading: string, anew: boolean): Step {
    const { key, name, text, hash, runs, given } = part;
    const source: DocumentSource = { reading, runs, given };
    const found: SourceFile = { ...file, uri: partUri(file.uri, key), part: name, source };
    const content = anew ? null : this.writer.content(hash);
    return (content && this.known(found, content)) ?? { type: 'classify', file: found, hash, text };
  }
}
