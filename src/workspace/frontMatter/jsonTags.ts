// Tags in JSON front matter, as Hugo has it; everything else stays byte for byte.
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { changeOf, isKey, refusal } from './tagChange';
import type { TagFormat } from './tagFormat';

export const jsonTags: TagFormat = {
  edit(content, tags, { key, owned }, eol) {
    const root = rootOf(content);
    if (!root) throw refusal('its front matter is not valid JSON. Correct it first.');
    const list = pairOf(root, key)?.children?.[1];
    if (!list) {
      if (tags.length === 0) return null;
      const last = root.children?.at(-1);
      const at = last ? last.offset + last.length : root.offset + 1;
      const indent = /^([ \t]*)"/m.exec(content)?.[1] ?? '  ';
      const several = last === undefined || content.slice(root.offset, last.offset).includes('\n');
      const pair = `${JSON.stringify(key)}: ${JSON.stringify([...new Set(tags)]).replaceAll('","', '", "')}`;
      const before = `${last ? ',' : ''}${several ? eol + indent : ' '}`;
      return { start: at, end: at, newText: `${before}${pair}${last ? '' : eol}` };
    }
    if (list.type !== 'array') throw refusal('its tags are not a list. Write them as a list.');
    const items = list.children ?? [];
    const change = changeOf(
      items.map(({ value }: Node) => (typeof value === 'string' ? value : null)),
      tags,
      owned,
    );
    if (!change) return null;
    const kept = items
      .filter((_, index) => change.kept[index])
      .map(({ offset, length }) => content.slice(offset, offset + length));
    const all = [...kept, ...change.added.map((tag) => JSON.stringify(tag))];
    const [first] = items;
    // White space before an entry and behind the last one is taken over: a list over several lines stays one.
    const lead = first ? content.slice(list.offset + 1, first.offset) : '';
    const last = items.at(-1);
    const tail = last ? content.slice(last.offset + last.length, list.offset + list.length - 1) : '';
    const between = lead.includes('\n') ? `,${lead}` : ', ';
    const newText = all.length === 0 ? '[]' : `[${lead}${all.join(between)}${tail}]`;
    return { start: list.offset, end: list.offset + list.length, newText };
  },
  read(content, key) {
    const root = rootOf(content);
    if (!root) return null;
    const values = JSON.parse(content) as Record<string, unknown>;
    const name = Object.keys(values).find((one) => isKey(one, key));
    const { [name ?? '']: tags, ...others } = values;
    const found = Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : null;
    return { tags: found, others: JSON.stringify(others) };
  },
  place(content, key) {
    const root = rootOf(content);
    const pair = root && pairOf(root, key);
    if (!pair) return null;
    const end = pair.offset + pair.length;
    const before = /,\s*$/.exec(content.slice(0, pair.offset))?.[0].length ?? 0;
    const after = before > 0 ? 0 : (/^\s*,/.exec(content.slice(end))?.[0].length ?? 0);
    return { start: pair.offset - before, end: end + after };
  },
};

function rootOf(content: string): Node | null {
  try {
    JSON.parse(content);
  } catch {
    return null;
  }
  const root = parseTree(content);
  return root?.type === 'object' ? root : null;
}

function pairOf(root: Node, key: string): Node | undefined {
  const exact = findNodeAtLocation(root, [key])?.parent;
  return exact ?? root.children?.find(({ children }) => isKey(children?.[0]?.value, key));
}
