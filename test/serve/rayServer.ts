// Upstream's own server (`python -m gliclass.serve` on Ray), in a process group of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Python of the environment that training/requirements-serve.txt describes. */
export const python = process.env['GLITAG_TEST_PYTHON'] ?? '';

export interface RayServerOptions {
  /** Folder with PyTorch weights. */
  readonly model: string;
  readonly replicas: number;
  readonly port: number;
  /** 512 where nothing else is said. Labels of bi-encoders are padded to it (docs/ARCHITECTURE.md). */
  readonly maxModelLen?: number;
  /** One text a pass: what bi-encoders need where texts with other numbers of labels may come. */
  readonly oneTextAPass?: boolean;
}

const startMs = 180_000;

export class RayServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Resolves when it answers. It computes with four bytes (float32) on the processor, as the ONNX file does. */
  static async start({ model, replicas, port, maxModelLen = 512, oneTextAPass }: RayServerOptions): Promise<RayServer> {
    // Short: Ray puts sockets there, whose paths have a limit.
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ray-'));
    const log = fs.openSync(path.join(folder, 'serve.log'), 'w');
    const settings = {
      model,
      port,
      'max-model-len': maxModelLen,
      'num-replicas': replicas,
      device: 'cpu',
      dtype: 'float32',
      host: '127.0.0.1',
      // Both: without a GPU the server takes the largest of the second instead of the first.
      ...(oneTextAPass ? { 'max-batch-size': 1, 'precompiled-batch-sizes': 1 } : {}),
    };
    const resources = { 'num-gpus-per-replica': 0, 'num-cpus-per-replica': 0.5, 'tokenizer-threads': 1 };
    const args = Object.entries({ ...settings, ...resources }).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(python, ['-m', 'gliclass.serve', ...args], {
      cwd: folder,
      env: {
        ...process.env,
        RAY_TMPDIR: folder,
        RAY_AUTH_MODE: 'disabled',
        RAY_USAGE_STATS_ENABLED: '0',
        HF_HUB_OFFLINE: '1',
      },
      stdio: ['ignore', log, log],
      detached: true,
    });
    fs.closeSync(log);
    const server = new RayServer(`http://127.0.0.1:${port}/gliclass`, child, folder);
    try {
      await server.answers();
    } catch (error) {
      await server.kill();
      throw error;
    }
    return server;
  }

  /** At once, with all that it started. */
  async kill(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined) return;
    for (const id of [...descendants(pid), pid]) {
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // gone already
      }
    }
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  private async answers(): Promise<void> {
    const until = Date.now() + startMs;
    const body = JSON.stringify({ text: 'a', labels: ['b'] });
    while (Date.now() < until && this.child.exitCode === null) {
      const reply = await fetch(this.url, { method: 'POST', body }).catch(() => null);
      if (reply?.status === 200) return;
      await sleep(500);
    }
    const log = fs.readFileSync(path.join(this.folder, 'serve.log'), 'utf8');
    throw new Error(`upstream's server did not start:\n${log.slice(-3000)}`);
  }
}

/** Processes under this one. Ray's daemons leave the process group, but not the tree. */
function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // gone meanwhile
    }
  }
  const found: number[] = [];
  const below = (parent: number): void => {
    for (const [id, above] of parents)
      if (above === parent) {
        found.push(id);
        below(id);
      }
  };
  below(pid);
  return found;
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
