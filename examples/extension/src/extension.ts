// An extension that uses GLiTag: the tags of the active file in the status bar, documents by a search, a decision in its own name.
import * as vscode from 'vscode';
import type { ApiDocument, GlitagApi } from 'glitag/api';

/** Who decides, as GLiTag's list of decisions shows it. */
const author = 'Tag Companion';

/** What tests, or other extensions, can see of this one. */
export interface TagCompanion {
  /** What the status bar says; empty where it says nothing. */
  shown(): string;
}

export async function activate(context: vscode.ExtensionContext): Promise<TagCompanion> {
  const glitag = await glitagApi();
  const item = vscode.window.createStatusBarItem('tags', vscode.StatusBarAlignment.Left);
  item.name = 'Tags of the active file';
  const update = () => {
    const tags = documentInEditor(glitag)?.tags.map(({ label }) => label) ?? [];
    item.text = tags.length === 0 ? '' : `$(tag) ${tags.join(', ')}`;
    if (item.text === '') item.hide();
    else item.show();
  };
  update();
  context.subscriptions.push(
    item,
    vscode.window.onDidChangeActiveTextEditor(update),
    glitag.onDidChangeTags(({ all, documents }) => {
      const id = vscode.window.activeTextEditor?.document.uri.toString();
      if (all || (id !== undefined && documents.includes(id))) update();
    }),
    vscode.commands.registerCommand('tagCompanion.open', (search?: string) => openBest(glitag, search)),
    vscode.commands.registerCommand('tagCompanion.accept', () => acceptBest(glitag)),
  );
  return { shown: () => item.text };
}

/** `extensionDependencies` sees to it that GLiTag is there; an older one may lack what was added later. */
async function glitagApi(): Promise<GlitagApi> {
  const extension = vscode.extensions.getExtension<Partial<GlitagApi>>('glitag.glitag');
  const api = await extension?.activate();
  if (api?.apiVersion !== 1 || !api.find) throw new Error('Tag Companion needs a newer GLiTag. Update it.');
  return api as GlitagApi;
}

function documentInEditor(glitag: GlitagApi): ApiDocument | undefined {
  const id = vscode.window.activeTextEditor?.document.uri.toString();
  return glitag.documents().find((document) => document.id === id);
}

async function openBest(glitag: GlitagApi, given?: string): Promise<void> {
  const prompt = 'Labels and words, with or, -not and parentheses';
  const search = given ?? (await vscode.window.showInputBox({ title: 'Open by Tag', prompt }));
  if (search === undefined) return;
  const { total, documents } = await glitag.find(search, 1);
  const [best] = documents;
  if (!best) {
    await vscode.window.showInformationMessage(`No document matches “${search}”.`);
    return;
  }
  vscode.window.setStatusBarMessage(`${best.title}: the best of ${total}`, 5000);
  await vscode.window.showTextDocument(vscode.Uri.parse(best.id));
}

async function acceptBest(glitag: GlitagApi): Promise<void> {
  const document = documentInEditor(glitag);
  const tag = document?.tags.find(({ state }) => state === undefined);
  if (document && tag) await glitag.decisions.accept([{ document: document.id, label: tag.label }], { author });
}
