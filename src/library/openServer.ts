// A GLiClass server: how Node programs and the command line ask one.
import path from 'node:path';
import { RemoteClassifier } from '../remote/remoteClassifier';
import { RemoteTexts } from '../remote/remoteTexts';
import type { Log } from '../shared/childMessages';
import type { Classifier } from '../shared/classifier';
import { embeddedModel } from './openModel';

export interface ServerSettings {
  /** Folder of the server's model, whose tokenizer then counts tokens; the embedded model's comes near. */
  readonly model?: string | undefined;
  /** What the user calls the server's model, which the server does not tell. */
  readonly serverModel?: string | undefined;
  /** LoRA adapter that it is to use. */
  readonly adapter?: string | undefined;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
}

/** Nothing is sent before the first text. Proxies are those of the environment. @throws AppError setting-invalid. */
export function openServer(url: string, { model, serverModel, adapter, token }: ServerSettings, log: Log): Classifier {
  const cutBy =
    model === undefined ? { folder: embeddedModel, exact: false } : { folder: path.resolve(model), exact: true };
  const settings = { url, token, model: serverModel, adapter, proxyEnvironment: process.env };
  return new RemoteClassifier(settings, new RemoteTexts(cutBy), {}, (why) => {
    if (why !== null) log('warn', `${why} Trying again.`);
  });
}
