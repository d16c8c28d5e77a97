// The row of a group: its name, how many documents stand in it, and how sure their tags are.
import type { Group } from './groups';
import type { GroupRow } from './treeTypes';

export function groupRow(group: Group, open: boolean): GroupRow {
  const siblings = group.parent?.visible ?? [];
  const { documents } = group;
  const base = {
    key: group.key,
    level: group.level,
    position: siblings.indexOf(group) + 1,
    // Documents of the parent stand among its groups.
    siblings: siblings.length + (group.parent?.shown.length ?? 0),
    open,
    documents,
  };
  if (group.kind === 'folder')
    return { ...base, kind: 'folder', name: group.name, file: group.file, path: group.fullName };
  if (group.rest !== null) return { ...base, kind: 'rest', rest: group.rest };
  return {
    ...base,
    kind: 'label',
    name: group.name,
    fullName: group.fullName,
    exclusive: group.exclusive,
    average: group.scoreCount === 0 ? null : group.scoreSum / group.scoreCount,
  };
}
