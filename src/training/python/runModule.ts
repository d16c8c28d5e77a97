// Runs a module of Python in a process that ends with this one.
import path from 'node:path';
import { runProgram } from '../runProgram';
import type { ProgramEnd, ProgramOptions } from '../runProgram';

/**
 * `glitag_train` is taken from this build's folder, wherever the other packages are, so that it is always the right version. Nothing
 * is asked of the network by it, and the memory that PyTorch gives back is kept: on Linux most of the time went into page faults.
 */
export function packageEnvironment(packageFolder: string): Record<string, string> {
  return {
    PYTHONPATH: packageFolder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    PYTHONUNBUFFERED: '1',
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    MALLOC_MMAP_MAX_: '0',
    MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  };
}

/** As `python -m module args…`. Throws AppError cancelled, and what `onLine` throws. */
export async function runModule(
  { program, packageFolder }: { readonly program: string; readonly packageFolder: string },
  module: string,
  args: readonly string[],
  options: Omit<ProgramOptions, 'env'>,
): Promise<ProgramEnd> {
  const attached = path.join(packageFolder, 'glitag_train', 'attached.py');
  return runProgram(program, [attached, module, ...args], { ...options, env: packageEnvironment(packageFolder) });
}
