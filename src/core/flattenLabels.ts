// Flattens nested labels to full names, exactly as upstream's `flatten_hierarchical_labels` does.

/**
 * Labels as upstream takes them: a list, one label, or either of them nested under names to any depth. An array of labels is
 * a leaf: it holds no arrays or objects (`parseLabelSets` is the forgiving reader for what users write).
 */
export type LabelTree = string | readonly string[] | { readonly [name: string]: LabelTree };

export const defaultSeparator = '.';

/**
 * Full names, depth first in the order of the keys; an empty list yields nothing, and the empty name is no prefix for what is
 * under it. Names are not trimmed, escaped or made unique. JavaScript moves keys that are whole numbers to the front of an
 * object, so such labels come in another order than in Python. Throws TypeError for anything else than lists, objects and strings.
 */
export function flattenLabels(labels: LabelTree, separator = defaultSeparator): string[] {
  const names: string[] = [];
  collect(labels, '', separator, names);
  return names;
}

/** `name` under `prefix`; shared with the way back (hierarchy.ts), so that both build the same names. */
export function joinName(prefix: string, name: string, separator: string): string {
  return prefix === '' ? name : prefix + separator + name;
}

/** `value` is unchecked: upstream's error for other types is part of the contract. */
function collect(value: unknown, prefix: string, separator: string, names: string[]): void {
  if (typeof value === 'string') {
    names.push(joinName(prefix, value, separator));
  } else if (Array.isArray(value)) {
    for (const label of value as unknown[]) {
      if (typeof label !== 'string') throw unsupported(label);
      names.push(joinName(prefix, label, separator));
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value))
      collect(child, joinName(prefix, name, separator), separator, names);
  } else {
    throw unsupported(value);
  }
}

function unsupported(value: unknown): TypeError {
  return new TypeError(
    `Unsupported label type: ${value === null ? 'null' : typeof value}. Expected list, dict, or str.`,
  );
}
