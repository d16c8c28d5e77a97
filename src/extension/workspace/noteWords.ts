// What the view says in one line of the workspace as a whole. Free of `vscode`.

const integers = new Intl.NumberFormat('en-US');

/** `3 new, 2 changed`; null where nothing is. */
export function changesText({ added, changed }: { readonly added: number; readonly changed: number }): string | null {
  const parts = [
    ...(added > 0 ? [`${integers.format(added)} new`] : []),
    ...(changed > 0 ? [`${integers.format(changed)} changed`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
