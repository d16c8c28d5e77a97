// The Python package of the checkout, in the environment of upstream's server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { python } from './rayServer';

/** @param repository Root of the checkout. */
export async function glitagTrain(repository: string, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', HF_HUB_OFFLINE: '1' };
  const options = { cwd: path.join(repository, 'training'), env, stdio: 'inherit' } as const;
  const child = spawn(python, ['-m', 'glitag_train', ...args], options);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`glitag_train ${args[0] ?? ''} ended with ${String(code)}`);
}
