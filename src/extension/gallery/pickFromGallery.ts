// The gallery as a quick pick: what each set is for, its labels, how well it did, and a text that it is for.
import * as vscode from 'vscode';
import { gallery } from '../../core/gallery/gallery';
import type { GallerySet } from '../../core/gallery/gallerySet';
import { parseLabelSets } from '../../core/parseLabelSets';
import { scoreText } from '../../core/scoreText';
import type { Start } from '../labels/create/newLabelSet';
import { galleryDraft } from './galleryDraft';

/** Undefined where the user closed it. */
export async function pickFromGallery(): Promise<Start | undefined> {
  const picked = await vscode.window.showQuickPick(gallery.map(itemOf), {
    title: vscode.l10n.t('New Label Set from Gallery'),
    placeHolder: vscode.l10n.t('F1 is that of the built-in model on texts written for the set; 1 is best'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && { name: picked.set.name, draft: galleryDraft(picked.set.entry) };
}

function itemOf(set: GallerySet) {
  const { microF1, texts } = set.quality;
  const quality = vscode.l10n.t('F1 {0} on {1} texts', scoreText(microF1), texts);
  const labels = parseLabelSets({ [set.name]: set.entry }).sets.flatMap((one) => one.labels);
  const names = labels.map(({ path }) => path.at(-1)).join(', ');
  return {
    label: set.name,
    description: `${quality} · ${set.about}`,
    detail: `${names} · “${set.example}”`,
    set,
  };
}
