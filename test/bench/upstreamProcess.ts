// Upstream's pipeline in its own Python process (upstreamPipeline.py), asked one question at a time.
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface UpstreamFacts {
  readonly torch: string;
  readonly gliclass: string;
  readonly transformers: string;
  readonly threads: number;
  readonly attention: string;
  /** Tokens of each text. */
  readonly tokens: readonly number[];
}

export class UpstreamProcess {
  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    readonly facts: UpstreamFacts,
  ) {}

  /** @param script upstreamPipeline.py; `files` hold the texts and the labels as JSON. */
  static async start(
    python: string,
    script: string,
    weights: string,
    files: { readonly texts: string; readonly labels: string },
    environment: Readonly<Record<string, string>>,
  ): Promise<UpstreamProcess> {
    const child = spawn(python, [script, path.resolve(weights), files.texts, files.labels], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // What it warns of is of no interest unless it ends.
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-2_000)));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error(`Upstream's pipeline does not run: ${said}`);
    return new UpstreamProcess(child, lines, JSON.parse(first.value) as UpstreamFacts);
  }

  /** All texts once. */
  async run(batchSize: number): Promise<void> {
    await this.ask(String(batchSize));
  }

  /** [texts][labels]. */
  async scores(): Promise<number[][]> {
    return JSON.parse(await this.ask('scores')) as number[][];
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin.end();
    await ended;
  }

  private async ask(question: string): Promise<string> {
    this.child.stdin.write(`${question}\n`);
    const answer = await this.lines.next();
    if (answer.done === true) throw new Error('The process of upstream has ended.');
    return answer.value;
  }
}
