// How labels are written as tags, so that the programs that read a document take them.

export const tagStyles = ['obsidian', 'plain', 'dots'] as const;

/**
 * - obsidian: `topic/customer-service`: nested with slashes, without spaces and other signs that end a tag there
 *   (https://help.obsidian.md/tags: letters, digits, `_`, `-`, `/`, and at least one sign that is no digit).
 * - plain: `customer service`: the label without its parents.
 * - dots: `topic.customer service`: the label's full name.
 */
export type TagStyle = (typeof tagStyles)[number];

/** `label`: a full name in dot notation. */
export function tagOf(label: string, style: TagStyle): string {
  switch (style) {
    case 'obsidian': {
      const tag = label
        .split('.')
        .map(obsidianPart)
        .filter((part) => part !== '')
        .join('/');
      return /^[\p{N}/]*$/u.test(tag) ? `_${tag}` : tag;
    }
    case 'plain':
      return label.split('.').at(-1) ?? label;
    case 'dots':
      return label;
  }
}

/**
 * Tags that stand for labels of the set, in whatever style they may have been written. The plain style is among them only where
 * it is the one in use: `positive` in a document written in another style is the author's own word.
 */
export function ownedTags(labels: readonly string[], style: TagStyle): string[] {
  const styles = tagStyles.filter((one) => one !== 'plain' || style === 'plain');
  return [...new Set(labels.flatMap((label) => styles.map((one) => tagOf(label, one))))];
}

function obsidianPart(part: string): string {
  return part
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}_\p{Extended_Pictographic}-]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}
