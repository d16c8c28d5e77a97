// A local server that answers as upstream's does, or misbehaves in ways that a test names.
import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly text: string;
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly multi_label: boolean;
  readonly examples?: readonly unknown[];
  readonly prompt?: string;
  readonly adapter_id?: string;
}

export interface Exchange {
  readonly request: http.IncomingMessage;
  readonly response: http.ServerResponse;
  readonly asked: Asked;
  /** From 1, over all requests. */
  readonly number: number;
  /** Answers as upstream's server does. */
  readonly answer: () => void;
}

/** What it does with a request; absent: it answers. */
export type Behaviour = (exchange: Exchange) => void;

export class GliclassServer {
  readonly asked: Asked[] = [];
  readonly headers: http.IncomingHttpHeaders[] = [];
  connections = 0;
  /** Most requests that were under way at once. */
  mostAtOnce = 0;
  behaviour: Behaviour;

  private constructor(
    private readonly server: http.Server,
    private readonly scheme: string,
    behaviour: Behaviour | undefined,
  ) {
    this.behaviour =
      behaviour ??
      (({ answer }) => {
        answer();
      });
    let atOnce = 0;
    server.on('connection', () => this.connections++);
    server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      this.mostAtOnce = Math.max(this.mostAtOnce, ++atOnce);
      response.once('close', () => atOnce--);
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const asked = JSON.parse(Buffer.concat(parts).toString() || '{}') as Asked;
        this.asked.push(asked);
        this.headers.push(request.headers);
        const answer = () => {
          send(response, 200, predictions(asked));
        };
        this.behaviour({ request, response, asked, number: this.asked.length, answer });
      });
    });
  }

  /** The caller stops it. */
  static async listen(behaviour?: Behaviour, tls?: https.ServerOptions, port = 0): Promise<GliclassServer> {
    const server = tls ? https.createServer(tls) : http.createServer();
    const started = new GliclassServer(server, tls ? 'https' : 'http', behaviour);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${this.port}/gliclass`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function send(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function predictions({ text, labels }: Pick<Asked, 'text' | 'labels'>): { label: string; score: number }[] {
  return labels.map((label) => ({ label, score: scoreOf(text, label) }));
}

/** 0 to 1, a float32, equal for equal arguments. */
export function scoreOf(text: string, label: string): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([text, label]))
    .digest();
  return Math.fround(digest.readUInt32BE(0) / 0xffffffff);
}
