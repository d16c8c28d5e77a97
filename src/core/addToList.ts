/** Puts a member at the end of the list under a key, which begins with it where there is none. */
export function addToList<K, T>(lists: Map<K, T[]>, key: K, member: T): void {
  const list = lists.get(key);
  if (list) list.push(member);
  else lists.set(key, [member]);
}
