// Tells what an unchecked value is, for readers of user input.

/** An object that is not a list; its fields are unchecked. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, as a user of JSON would say. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'boolean':
      return String(value);
    case 'number':
      return 'a number';
    case 'object':
      return 'an object';
    default:
      return typeof value;
  }
}
