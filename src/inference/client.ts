// The classifier behind a child process of our own. The only file that starts one.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { VerifyReport } from '../shared/childMessages';
import type {
  CancelSignal,
  ClassificationTask,
  Classifier,
  ClassifyOptions,
  DocumentInput,
  DocumentOutcome,
  KeptDocument,
  ModelDescription,
  RescoreOptions,
} from '../shared/classifier';
import { AppError, asAppError } from '../shared/errors';
import type { ModelNotes } from '../shared/modelNotes';
import { parseHostMessage } from '../shared/parseChildMessages';
import { Call } from './process/call';
import type { CallDocuments, CallOutcome } from './process/call';
import { childEnvironment } from './process/childEnvironment';
import type { ChildPort, PortEvents } from './process/childPort';
import type { ClientState, StateListener } from './process/clientState';
import { defaultTimings } from './process/timings';
import type { Timings } from './process/timings';
import { orAbort } from './process/waiters';
import { KeptScorer } from './keptScorer';
import { KnownModels } from './knownModels';
import { LabelVectors } from './product/labelVectors';
import { Supervisor } from './supervisor';
import type { SupervisorOptions } from './supervisor';

export interface InferenceClientOptions extends Omit<SupervisorOptions, 'timings' | 'onLoaded'> {
  /** The bundled child, dist/worker.js. */
  readonly workerFile: string;
  /** Another Node to run the child; this process's own binary where absent. */
  readonly nodePath?: string;
  /** Where it is kept what the model is; asking for that loads it each time where absent. */
  readonly notes?: ModelNotes;
  /** For tests; see timings.ts. */
  readonly timings?: Partial<Timings>;
}

/** Starts nothing until the first call. One instance has at most one child. */
export class InferenceClient implements Classifier {
  private readonly supervisor: Supervisor;
  private readonly known: KnownModels | null;
  private readonly keptScorer = new KeptScorer(
    (task, options) => this.labelVectors(task, options),
    () => this.supervisor.modelHash,
  );

  constructor(private readonly options: InferenceClientOptions) {
    const { notes, load, workerFile } = options;
    this.known = notes ? new KnownModels(notes, load, workerFile) : null;
    this.supervisor = new Supervisor((events) => startChild(options, events), {
      ...options,
      timings: { ...defaultTimings, ...options.timings },
      onLoaded: (loaded) => {
        try {
          this.known?.keep(loaded);
        } catch (error) {
          options.log('debug', `what the model is cannot be kept: ${String(error)}`);
        }
      },
    });
  }

  get state(): ClientState {
    return this.supervisor.states.current;
  }

  /** Whether asking it something starts no process. */
  get isRunning(): boolean {
    return this.pid !== undefined;
  }

  /** Process id of the child; undefined where none runs. */
  get pid(): number | undefined {
    return this.supervisor.pid;
  }

  /** @returns A function that takes the listener off again. */
  onState(listener: StateListener): () => void {
    return this.supervisor.states.listen(listener);
  }

  /** From `notes` where they know the model and none of its files changed since; else the child loads it. */
  async describe(signal?: CancelSignal): Promise<ModelDescription> {
    return this.supervisor.describe(() => this.known?.recall() ?? null, signal);
  }

  /** The model as it was loaded last, also in another process; null where anything about it may have changed. Starts nothing. */
  recall(): ModelDescription | null {
    return this.known?.recall() ?? null;
  }

  /** Ends the child now, not only when it has idled long enough. False where none runs, or it has something to do. */
  rest(): boolean {
    return this.supervisor.restNow();
  }

  prepare(): void {
    this.supervisor.prepare();
  }

  async classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options: ClassifyOptions = {},
  ): Promise<DocumentOutcome[]> {
    const { chunkTokens = null, vectors = false } = options;
    return documentsOf(await this.run({ kind: 'classify', documents, chunkTokens, vectors }, task, options));
  }

  /** Only labels are asked of the child, and no vectors sent to it, except for documents that leave examples out. */
  async rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options: RescoreOptions = {},
  ): Promise<DocumentOutcome[]> {
    if (documents.every(({ without }) => !without)) return this.keptScorer.score(documents, task, options);
    return documentsOf(await this.run({ kind: 'rescore', documents }, task, options));
  }

  /** Replays a golden file against a model folder in the child; see verifyModel. A cancellation counts between two cases. */
  async verify(folder: string, goldenFile: string | null, signal?: CancelSignal): Promise<VerifyReport> {
    return this.supervisor.verify(folder, goldenFile, signal);
  }

  /** Forgets earlier crashes and starts afresh; calls under way go on. */
  restart(): void {
    this.supervisor.restart();
  }

  /** Calls under way fail as `cancelled`; the child is gone when the promise resolves. */
  async dispose(): Promise<void> {
    await this.supervisor.dispose();
  }

  private async labelVectors(task: ClassificationTask, options: RescoreOptions): Promise<LabelVectors> {
    const [outcome] = await this.run({ kind: 'labels', documents: [{ id: 'labels' }] }, task, options);
    if (outcome?.ok === false) throw new AppError(outcome.code, outcome.message);
    if (!outcome || !('values' in outcome))
      throw new AppError('child-protocol', 'There is no answer about the labels.');
    return new LabelVectors(outcome.values, task.labels.length);
  }

  private async run(
    input: CallDocuments,
    task: ClassificationTask,
    { signal, priority = 'background', onProgress }: ClassifyOptions,
  ): Promise<CallOutcome[]> {
    checkCall(input, task);
    const call = new Call(input, { task, priority, onProgress: onProgress ?? null });
    // Registered before the call starts, so that a signal that is already aborted starts no child.
    const finished = orAbort(call.finished, signal, () => {
      this.supervisor.abort(call);
    });
    if (!signal?.aborted) this.supervisor.run(call);
    return finished;
  }
}

/** A document's answer is about a document: checkReply saw to that. */
function documentsOf(outcomes: readonly CallOutcome[]): DocumentOutcome[] {
  return outcomes.filter((outcome): outcome is DocumentOutcome => !('values' in outcome));
}

/** What the child would refuse is an error of this call here, and not the death of a child. Programs without types call too. */
function checkCall(input: CallDocuments, task: ClassificationTask): void {
  try {
    parseHostMessage(asMessage(input, task));
  } catch (error) {
    const { message } = asAppError(error, 'input-invalid');
    throw new AppError('input-invalid', `The documents, labels or options of this call cannot be used: ${message}`, {
      cause: error,
    });
  }
}

/** All of a call in one message. Wrong breaks are their document's failure, not the call's (`Call`). */
function asMessage(input: CallDocuments, task: ClassificationTask): object {
  switch (input.kind) {
    case 'classify': {
      const { chunkTokens, vectors } = input;
      const documents = input.documents.map((document) => ({ ...document, breaks: [] }));
      return { type: 'classify', id: 0, documents, task, chunkTokens, vectors };
    }
    case 'rescore':
      return { type: 'rescore', id: 0, documents: input.documents, task };
    case 'labels':
      return { type: 'labels', id: 0, task };
  }
}

/** Children that run, of all clients: the last resort when the host exits without dispose. */
const running = new Set<ChildProcess>();
function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** How long the end of output is waited for once the process itself has ended. */
const drainMs = 2_000;

function startChild({ workerFile, nodePath, log }: InferenceClientOptions, events: PortEvents): ChildPort {
  if (!fs.existsSync(workerFile))
    throw new AppError('child-stopped', `A file of GLiTag is missing: ${workerFile}. Reinstall GLiTag.`);
  // spawn and not fork: fork would hand down this process's own flags, --inspect among them.
  const child = spawn(nodePath ?? process.execPath, [workerFile], {
    // Not the workspace: Windows would lock its folder.
    cwd: path.dirname(workerFile),
    env: childEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
    shell: false,
  });
  if (running.size === 0) process.once('exit', killAll);
  running.add(child);

  let hasEnded = false;
  const ended = (exitCode: number | null, signal: string | null, error: Error | null): void => {
    if (hasEnded) return;
    hasEnded = true;
    running.delete(child);
    if (running.size === 0) process.off('exit', killAll);
    events.ended({ exitCode, signal, error });
  };
  child.on('message', (value: unknown) => {
    events.message(value);
  });
  child.stdout?.on('data', (bytes: Buffer) => {
    events.output('stdout', bytes);
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    events.output('stderr', bytes);
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('error', (error) => {
      log('debug', `output of the classifier process cannot be read: ${error.message}`);
    });
  child.on('disconnect', () => {
    events.disconnected();
  });
  child.on('error', (error) => {
    // Without a pid it never ran; otherwise a message could not be sent, and the end follows.
    if (child.pid === undefined) ended(null, null, error);
  });
  child.on('exit', (exitCode, signal) => {
    setTimeout(() => {
      ended(exitCode, signal, null);
    }, drainMs).unref();
  });
  // After the last message and the last output, unlike `exit`.
  child.on('close', (exitCode, signal) => {
    ended(exitCode, signal, null);
  });
  return {
    pid: child.pid,
    send: (message, failed) => {
      try {
        child.send(message, (error) => {
          if (error) failed(error);
        });
      } catch (error) {
        // Only what cannot be serialised is thrown at once.
        failed(error instanceof Error ? error : new Error(String(error)));
      }
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
