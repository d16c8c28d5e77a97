// The view "Answers": the newest questions with their passages, each closed or asked again from here. Hidden while there is none.
import * as vscode from 'vscode';
import { answersViewId, contextKeys } from '../host/names';
import type { Answer } from './answer';
import { itemOf } from './answerItems';
import { AnswerNode } from './answerNode';

/** Older ones go: their passages are held in memory. */
const mostAnswers = 20;

export class AnswersView implements vscode.TreeDataProvider<AnswerNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<AnswerNode | undefined>();
  private readonly tree: vscode.TreeView<AnswerNode>;
  /** The newest first. */
  private roots: readonly AnswerNode[] = [];
  private count = 0;

  readonly onDidChangeTreeData = this.changed.event;

  constructor() {
    this.tree = vscode.window.createTreeView(answersViewId, { treeDataProvider: this, canSelectMany: true });
  }

  /** The rows that are selected; the workbench tells of those that were closed a moment later that they are not. */
  get selection(): readonly AnswerNode[] {
    return this.tree.selection.filter(({ root }) => this.roots.includes(root));
  }

  /**
   * Puts an answer on top of the others and brings the keyboard to its first passage.
   * @param instead The row of the answer that it stands in for, which keeps its place.
   */
  async show(answer: Answer, instead?: AnswerNode): Promise<void> {
    const node = new AnswerNode(String(this.count++), { type: 'answer', answer });
    const known = instead !== undefined && this.roots.includes(instead);
    const roots = known ? this.roots.map((root) => (root === instead ? node : root)) : [node, ...this.roots];
    await this.set(roots.slice(0, mostAnswers));
    const first = node.children.find(({ row }) => row.type !== 'note') ?? node;
    await this.tree.reveal(first, { select: true, focus: true });
  }

  /** Takes the answers away that these rows belong to. */
  async close(nodes: readonly AnswerNode[]): Promise<void> {
    const closed = new Set(nodes.map(({ root }) => root));
    await this.set(this.roots.filter((root) => !closed.has(root)));
  }

  async clear(): Promise<void> {
    await this.set([]);
  }

  getTreeItem(node: AnswerNode): vscode.TreeItem {
    return itemOf(node);
  }

  getChildren(node?: AnswerNode): AnswerNode[] {
    return [...(node?.children ?? this.roots)];
  }

  getParent({ parent }: AnswerNode): AnswerNode | null {
    return parent;
  }

  dispose(): void {
    this.tree.dispose();
    this.changed.dispose();
  }

  private async set(roots: readonly AnswerNode[]): Promise<void> {
    this.roots = roots;
    this.changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', contextKeys.hasAnswers, roots.length > 0);
  }
}
