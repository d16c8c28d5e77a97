// A client of `glitag mcp`: the official one, over the built command.
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished } from 'vitest';
import { documentsFolder } from './documentsFolder';
import { repository, runCli } from './runCli';

export const cli = path.join(repository, 'dist/cli.js');

export interface Result {
  readonly path?: string;
  readonly label?: string;
  readonly name?: string;
  readonly score?: number;
  readonly line?: number;
  readonly endLine?: number;
  readonly start: number;
  readonly end: number;
  readonly text?: string;
  readonly state?: string;
  readonly stale?: boolean;
  readonly documents?: number;
  readonly tags?: readonly Result[];
}

export interface Answer {
  readonly note: string;
  readonly labelSet?: string | null;
  readonly total?: number;
  readonly tags?: readonly Result[];
  readonly results: readonly Result[];
}

export class Session {
  /** What the server wrote beside the protocol. */
  stderr = '';

  private constructor(
    readonly client: Client,
    private readonly transport: StdioClientTransport,
  ) {}

  /** `node`: options of Node itself. */
  static async start(args: readonly string[], cwd: string, node: readonly string[] = []): Promise<Session> {
    const transport = new StdioClientTransport({
      ...{ command: process.execPath, args: [...node, cli, 'mcp', ...args], cwd, stderr: 'pipe' },
    });
    const session = new Session(new Client({ name: 'test', version: '1.0.0' }), transport);
    transport.stderr?.on('data', (data: Buffer) => (session.stderr += data.toString()));
    onTestFinished(() => session.client.close());
    await session.client.connect(transport);
    return session;
  }

  get pid(): number {
    return this.transport.pid ?? 0;
  }

  /** Megabytes that are left on its heap when all garbage is gone. */
  async heap(): Promise<number> {
    const before = this.stderr.length;
    process.kill(this.pid, 'SIGUSR2');
    const told = () => /heap: (\d+)\n/.exec(this.stderr.slice(before))?.[1];
    await expect.poll(told, { timeout: 20_000 }).toBeDefined();
    return Number(told()) / 1e6;
  }

  async call(name: string, input: Record<string, unknown>): Promise<Answer> {
    const { content, isError } = await this.client.callTool({ name, arguments: input });
    const [part] = content;
    if (part?.type !== 'text') throw new Error('the answer is no text');
    if (isError) throw new Error(part.text);
    return JSON.parse(part.text) as Answer;
  }

  async read(uri: string): Promise<Answer> {
    const { contents } = await this.client.readResource({ uri });
    const [part] = contents;
    if (!part || !('text' in part)) throw new Error('the resource is no text');
    return JSON.parse(part.text) as Answer;
  }
}

/** A folder with tagged documents; `i.sqlite` is their index. */
export async function taggedFolder(): Promise<string> {
  const folder = documentsFolder();
  const tagging = ['tag', 'docs', '--labels', 'labels.json', '--index', 'i.sqlite', '--format', 'json'];
  const { code, stderr } = await runCli(tagging, folder);
  expect([code, stderr]).toEqual([0, '']);
  return folder;
}
