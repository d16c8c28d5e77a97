// From a document's tags to the edit of its front matter, as the settings want them written.
import { ownedTags, tagOf } from '../../workspace/frontMatter/tagStyle';
import { writeTags } from '../../workspace/frontMatter/writeTags';
import type { TextEdit } from '../../workspace/types';
import type { LabelSet } from '../../core/labelSet';
import type { LabelScore } from '../../core/tagResult';
import type { Config } from '../settings/config';

export interface FrontMatterChange {
  /** As they are written. */
  readonly tags: readonly string[];
  /** Null where they are there already. */
  readonly edit: TextEdit | null;
}

/** Throws SettingError, and AppError `input-invalid` where the front matter cannot be changed safely. */
export function frontMatterChange(
  text: string,
  tags: readonly LabelScore[],
  set: LabelSet,
  config: Config,
): FrontMatterChange {
  const style = config.get('frontMatter.style');
  const names = [...new Set(tags.map(({ label }) => tagOf(label, style)))];
  // Other labels of the set that stand there are of an earlier decision; all other tags are the user's own.
  const labels = set.labels.map(({ name }) => name);
  const edit = writeTags(text, names, { key: config.get('frontMatter.key'), owned: ownedTags(labels, style) });
  return { tags: names, edit };
}
