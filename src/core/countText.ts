// Whole numbers as people read them.

const integers = new Intl.NumberFormat('en-US');

/** `1,204` */
export function wholeNumber(value: number): string {
  return integers.format(value);
}

/** `1 tag`, `1,204 tags` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${wholeNumber(count)} ${count === 1 ? one : many}`;
}
