// The matches of a regular expression that a user wrote, in bounded time: some take for ever on a harmless text. Free of `vscode`.
import vm from 'node:vm';
import { lazy } from '../../core/lazy';
import type { Span } from '../../core/tagResult';
import { AppError } from '../../shared/errors';

/** A text of a megabyte takes a few milliseconds; what takes longer than this would not end. */
const mostMs = 250;

/** One for all: making it takes longer than most texts do. */
const context = lazy(() => vm.createContext({}));
const script = lazy(
  () => new vm.Script('Array.from(text.matchAll(pattern), (match) => [match.index, match[0].length])'),
);

/** Throws AppError input-invalid where the expression takes too long on the text. `pattern` is global. */
export function matchesOf(pattern: RegExp, text: string): Span[] {
  try {
    const given = Object.assign(context(), { pattern, text });
    const found = script().runInContext(given, { timeout: mostMs }) as [number, number][];
    return Array.from(found, ([start, length]) => ({ start, end: start + length }));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new AppError(
      'input-invalid',
      `The expression /${pattern.source}/ takes too long. Write it without a repetition inside of another, such as (a+)+.`,
    );
  }
}
