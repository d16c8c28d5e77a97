// By which hash results of a model are kept that was given decided examples to read: the model's own, then that of the lesson.

const mark = '+';

/** @param lesson Hash of all that decides which examples a document is read with. */
export function taughtHash(model: string, lesson: string): string {
  return model + mark + lesson;
}

/** The model's own hash. */
export function untaughtHash(hash: string): string {
  return hash.split(mark)[0] ?? hash;
}

/** `untaughtHash` of a column, for SQL. */
export function untaughtSql(column: string): string {
  return `substr(${column}, 1, instr(${column} || '${mark}', '${mark}') - 1)`;
}
