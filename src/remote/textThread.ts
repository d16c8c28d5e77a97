// Entry of the thread that cuts texts (dist/texts.js): a tokenizer of many languages takes half a second to read, a long text as long to cut.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, asAppError } from '../shared/errors';
import { RemoteTexts } from './remoteTexts';
import type { CutBy, TaskTexts } from './textCutter';
import type { TextReply, TextRequest } from './textMessages';

const texts = new RemoteTexts(workerData as CutBy);
const tasks = new Map<number, TaskTexts>();

async function answer(request: TextRequest): Promise<unknown> {
  switch (request.type) {
    case 'facts':
      return texts.facts();
    case 'open': {
      const task = await texts.open(request.task, request.chunkTokens);
      tasks.set(request.id, task);
      return task.prompt;
    }
    case 'cut': {
      const task = tasks.get(request.task);
      if (!task) throw new AppError('cancelled', 'The texts of this task are read no more.');
      return task.cut(request.document);
    }
    case 'close':
      return void tasks.delete(request.task);
  }
}

async function reply(request: TextRequest): Promise<TextReply> {
  const { id } = request;
  try {
    return { id, ok: true, value: await answer(request) };
  } catch (cause) {
    const { code, message } = asAppError(cause, 'inference-failed');
    return { id, ok: false, code, message };
  }
}

parentPort?.on('message', (request: TextRequest) => {
  void reply(request).then((message) => parentPort?.postMessage(message));
});
