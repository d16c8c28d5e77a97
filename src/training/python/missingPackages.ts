// Which of the packages that training needs a Python lacks.
import path from 'node:path';
import type { CancelSignal } from '../../shared/classifier';
import { runProgram } from '../runProgram';
import { packageEnvironment } from './runModule';

/**
 * As lines of needs.txt; empty where everything is there. All of them where the Python cannot be started or does not answer. What
 * `glitag_train` itself is, is not asked: it always is the one in `packageFolder`.
 */
export async function missingPackages(program: string, packageFolder: string, signal: CancelSignal): Promise<string[]> {
  const lines: string[] = [];
  await runProgram(program, ['-m', 'glitag_train.missing', path.join(packageFolder, 'needs.txt')], {
    signal,
    env: packageEnvironment(packageFolder),
    onLine: (line) => lines.push(line),
  });
  try {
    const missing: unknown = JSON.parse(lines.join('\n'));
    if (Array.isArray(missing)) return missing.map(String);
  } catch {
    // Said below.
  }
  return ['Python itself'];
}
