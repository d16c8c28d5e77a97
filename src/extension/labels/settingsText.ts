// Label sets in the text of a settings file: their places, their mistakes, new ones put in. Free of `vscode`.
import {
  applyEdits,
  findNodeAtLocation,
  getNodeValue,
  modify,
  parseTree,
  type Edit,
  type ModificationOptions,
  type Node,
} from 'jsonc-parser';
import type { LabelSetProblem, Place, Steps } from '../../core/labelSetProblems';
import type { EntryEdit } from '../../core/thresholdEdits';
import { parseLabelSets, type KnownModels } from '../../core/parseLabelSets';
import type { Span } from '../../core/tagResult';

const key = 'glitag.labelSets';

/** Path of the setting in `settings.json`, and in a `.code-workspace` file. */
export function settingPath(file: string): string[] {
  return file.endsWith('.code-workspace') ? ['settings', key] : [key];
}

export interface PlacedProblem extends LabelSetProblem {
  readonly span: Span;
}

export interface Indentation {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

export class SettingsText {
  private readonly root: Node | undefined;

  constructor(
    private readonly text: string,
    private readonly path: readonly string[],
  ) {
    // What is being typed has errors; the tree is of what can be read all the same.
    this.root = parseTree(text, [], { allowTrailingComma: true });
  }

  /** The setting's value as it stands here; undefined where it is not here. */
  get value(): unknown {
    const node = this.at([]);
    return node ? (getNodeValue(node) as unknown) : undefined;
  }

  /** Every mistake of every set, where it stands. `models`: see parseLabelSets. */
  problems(models?: KnownModels): PlacedProblem[] {
    return parseLabelSets(this.value, models).problems.map((problem) => ({ ...problem, span: this.span(problem) }));
  }

  /** The place, or what is there of the way to it; the start of the text where the setting is not here. */
  span({ steps, key: ofKey }: Place): Span {
    for (let length = steps.length; length >= 0; length--) {
      const node = this.at(steps.slice(0, length));
      if (!node) continue;
      // What a name is lost of is told at the name.
      const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
      const shown = name && (ofKey === true || length < steps.length || length === 0) ? name : node;
      return { start: shown.offset, end: shown.offset + shown.length };
    }
    return { start: 0, end: 0 };
  }

  /** The edits that put a set in, or in the place of one of that name; comments and the other sets stay as they are. */
  withSet(name: string, entry: unknown, format: Indentation): Edit[] {
    return modify(this.text, [...this.path, name], entry, this.formatting(format));
  }

  /** The edit that changes values of a set; what stands between them stays letter by letter. */
  withChanges(name: string, changes: readonly EntryEdit[], format: Indentation): Edit[] {
    const after = withChanges(this.text, [...this.path, name], changes, this.formatting(format));
    return after === this.text ? [] : [difference(this.text, after)];
  }

  private formatting(format: Indentation) {
    return { formattingOptions: { ...format, eol: this.text.includes('\r\n') ? '\r\n' : '\n' } };
  }

  private at(steps: Steps): Node | undefined {
    return this.root && findNodeAtLocation(this.root, [...this.path, ...steps]);
  }
}

/** JSON with values changed; `path`: of the object that the changes' steps begin at. */
export function withChanges(
  json: string,
  path: Steps,
  changes: readonly EntryEdit[],
  options: ModificationOptions = {},
): string {
  return changes.reduce(
    (text, { steps, value }) => applyEdits(text, modify(text, [...path, ...steps], value, options)),
    json,
  );
}

/** The shortest piece that has to be replaced. */
function difference(before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { offset: start, length: before.length - end - start, content: after.slice(start, after.length - end) };
}
