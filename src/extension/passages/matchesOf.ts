// The matches of a regular expression that a user wrote, in bounded time: some take for ever on a harmless text. Free of `vscode`.
import vm from 'node:vm';
import { lazy } from '../../core/lazy';
import type { Span } from '../../core/tagResult';
import { AppError } from '../../shared/errors';

/** An expression that ends takes far less on a file of some megabytes. */
const mostMs = 1000;

/** One for all: making it takes longer than most texts do. */
const context = lazy(() => vm.createContext({}));
/** Globals of the context are slow to read, and objects to make: it reads each once, and gives plain numbers. */
const script = lazy(
  () =>
    new vm.Script(`(() => {
      const ends = [];
      for (const match of text.matchAll(pattern)) ends.push(match.index, match.index + match[0].length);
      return ends;
    })()`),
);

/** Throws AppError input-invalid where the expression takes too long on the text of that name. `pattern` is global. */
export function matchesOf(pattern: RegExp, text: string, name: string): Span[] {
  if (isPlain(pattern))
    return Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({ start: index, end: index + found.length }));
  try {
    const ends = script().runInContext(Object.assign(context(), { pattern, text }), { timeout: mostMs }) as number[];
    return Array.from({ length: ends.length / 2 }, (_, at) => ({
      start: ends[2 * at] ?? 0,
      end: ends[2 * at + 1] ?? 0,
    }));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new AppError(
      'input-invalid',
      `The expression /${pattern.source}/ takes too long on ${name}: the text is too long for it, or it has a repetition inside of another, such as (a+)+.`,
    );
  }
}

/** Without groups, choices and repetitions there is one way only to match at a place: that always ends soon. */
function isPlain({ source }: RegExp): boolean {
  return !/[(|*+?{]/u.test(source.replace(/\\./gsu, ''));
}
