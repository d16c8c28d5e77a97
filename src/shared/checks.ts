// Checks of unchecked values, for what pages read. Written by hand: a schema library would be most of a page's bundle.

export type Check = (value: unknown) => boolean;

export const isString: Check = (value) => typeof value === 'string';
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const isScore: Check = (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= 1;
export const isIndex: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/** An object whose named fields pass; fields that are not named may be anything. */
export const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(checks).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));
  };
