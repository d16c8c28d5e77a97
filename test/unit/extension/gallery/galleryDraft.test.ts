import { expect, test } from 'vitest';
import { gallery } from '../../../../src/core/gallery/gallery';
import { parseLabelSets } from '../../../../src/core/parseLabelSets';
import { galleryDraft } from '../../../../src/extension/gallery/galleryDraft';
import { parseTypedLabels } from '../../../../src/core/typedLabels';

test.each(gallery)('$name is the same set after it was typed', ({ name, entry }) => {
  const { text, mode, threshold } = galleryDraft(entry);
  const typed = parseLabelSets({ [name]: { ...parseTypedLabels(text), mode, threshold } });
  expect(typed.problems).toEqual([]);
  expect(typed).toEqual(parseLabelSets({ [name]: entry }));
});
