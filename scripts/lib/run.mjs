// Runs a program to its end: output passed through, no stdin, the environment that our tools need.
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** onnxruntime-node's install script would fetch CUDA libraries; Playwright's would fetch browsers. Neither is used. */
const toolEnvironment = { ONNXRUNTIME_NODE_INSTALL: 'skip', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, quiet?: boolean }} [options] `quiet` keeps the output back
 * @returns {Promise<{ code: number, output: string }>} exit code (128 where a signal ended it) and, if quiet, the output
 */
export function run(program, args, { cwd = root, env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...toolEnvironment, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.once('error', (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.once('close', (code) => resolve({ code: code ?? 128, output }));
  });
}
