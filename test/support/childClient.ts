// Starts an InferenceClient with a child that misbehaves on command (test/child/fixtures/actor.cjs).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { InferenceClient } from '../../src/inference/client';
import type { InferenceClientOptions } from '../../src/inference/client';
import type { ClientState } from '../../src/inference/process/clientState';
import type { ClassificationTask, DocumentInput } from '../../src/shared/classifier';

/** What behaviour.json of the actor may say. */
export interface Behaviour {
  readonly load?: 'hang' | 'garbage' | 'fail';
  /** The first so many loads end in a crash. */
  readonly crashLoads?: number;
  readonly rssBytes?: number;
  readonly rssPerDocument?: number;
  readonly environment?: true;
  readonly ignoreShutdown?: true;
  readonly ignoreCancel?: true;
  readonly exitCode?: number;
}

export const task: ClassificationTask = { labels: ['bug', 'feature', 'question'], mode: 'multi-label', examples: [] };

export function documentsOf(...texts: string[]): DocumentInput[] {
  return texts.map((text, index) => ({ id: `d${index}`, text }));
}

/** Waits for the condition, for as long as a slow machine may need. */
export const eventually = { timeout: 20_000, interval: 10 } as const;

export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A zombie is dead, though its parent has not looked yet.
  const stat = `/proc/${pid}/stat`;
  return !fs.existsSync(stat) || !fs.readFileSync(stat, 'utf8').includes(') Z ');
}

export class ChildHarness {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-child-'));
  readonly logged: string[] = [];
  readonly states: ClientState[] = [];
  readonly client: InferenceClient;

  constructor(behaviour: Behaviour = {}, options: Partial<InferenceClientOptions> = {}) {
    fs.writeFileSync(this.file('behaviour.json'), JSON.stringify(behaviour));
    this.client = new InferenceClient({
      workerFile: path.resolve('test/child/fixtures/actor.cjs'),
      load: { folder: this.folder, threads: 1, maxBatchTokens: 1024 },
      idleMs: 600_000,
      memoryCeilingBytes: 2 ** 40,
      log: (level, message) => this.logged.push(`${level} ${message}`),
      ...options,
      timings: { backOffMs: [1, 2, 4], ...options.timings },
    });
    this.client.onState((state) => this.states.push(state));
    onTestFinished(async () => {
      const { pid } = this.client;
      await this.client.dispose();
      expect(isAlive(pid)).toBe(false);
      fs.rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** What the children were asked and did, in order. */
  get events(): string[] {
    const file = this.file('events.txt');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  eventsLike(pattern: RegExp): string[] {
    return this.events.filter((event) => pattern.test(event));
  }

  async waitForEvent(pattern: RegExp): Promise<void> {
    await vi.waitFor(() => {
      expect(this.eventsLike(pattern)).not.toEqual([]);
    }, eventually);
  }

  /** Lets documents with `#gate` through. */
  openGate(): void {
    fs.writeFileSync(this.file('gate'), '');
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }
}
