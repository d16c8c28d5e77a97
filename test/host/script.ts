// Calls a function of scripts/lib in the scripts' own Node: they are plain modules that TypeScript does not know.
import { execFileSync } from 'node:child_process';
import { pinnedNode, repositoryRoot } from './locations';

/** Result of `name(...args)` of scripts/lib/<module>.mjs; arguments and result travel as JSON. */
export function callScript(module: string, name: string, args: readonly unknown[]): unknown {
  const code = `import * as module from './scripts/lib/${module}.mjs';
    console.log(JSON.stringify(module['${name}'](...JSON.parse(process.argv[1])) ?? null));`;
  const options = { cwd: repositoryRoot(), encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(pinnedNode(), ['--input-type=module', '-e', code, JSON.stringify(args)], options));
}
