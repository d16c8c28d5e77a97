// Label sets in the text of a settings file: their places, their mistakes, new ones put in. Free of `vscode`.
import { findNodeAtLocation, getNodeValue, modify, parseTree, type Edit, type Node } from 'jsonc-parser';
import type { LabelSetProblem, Place, Steps } from '../../core/labelSetProblems';
import { parseLabelSets } from '../../core/parseLabelSets';
import type { Span } from '../../core/tagResult';

const key = 'glitag.labelSets';

/** Path of the setting in `settings.json`, and in a `.code-workspace` file. */
export function settingPath(file: string): string[] {
  return file.endsWith('.code-workspace') ? ['settings', key] : [key];
}

export interface PlacedProblem extends LabelSetProblem {
  readonly span: Span;
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

  /** Every mistake of every set, where it stands. */
  problems(): PlacedProblem[] {
    return parseLabelSets(this.value).problems.map((problem) => ({ ...problem, span: this.span(problem) }));
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
  withSet(name: string, entry: unknown, format: { readonly tabSize: number; readonly insertSpaces: boolean }): Edit[] {
    const eol = this.text.includes('\r\n') ? '\r\n' : '\n';
    return modify(this.text, [...this.path, name], entry, { formattingOptions: { ...format, eol } });
  }

  private at(steps: Steps): Node | undefined {
    return this.root && findNodeAtLocation(this.root, [...this.path, ...steps]);
  }
}
