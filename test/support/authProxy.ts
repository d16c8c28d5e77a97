// A proxy that wants a name and a password: for http by whole addresses, for https by CONNECT.
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';

export class AuthProxy {
  /** What came with the right name and password: `GET http://…` or `CONNECT host:port`. */
  readonly passed: string[] = [];
  /** What came without. */
  refused = 0;
  private readonly sockets = new Set<net.Socket>();
  private readonly server = http.createServer((request, response) => {
    if (!this.admits(request)) {
      response.writeHead(407, { 'Proxy-Authenticate': 'Basic realm="test"' }).end();
      return;
    }
    const target = new URL(request.url ?? '');
    this.passed.push(`${request.method ?? ''} ${target.href}`);
    const headers = { ...request.headers };
    delete headers['proxy-authorization'];
    request.pipe(
      http.request(target, { headers, method: request.method ?? 'GET' }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });

  private constructor(
    private readonly name: string,
    private readonly password: string,
  ) {
    this.server.on('connect', (request, socket: net.Socket) => {
      this.tunnel(request, socket);
    });
    this.server.on('connection', (socket: net.Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(name: string, password: string): Promise<AuthProxy> {
    const proxy = new AuthProxy(name, password);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** As it goes into HTTP_PROXY. */
  url(name = this.name, password = this.password): string {
    return `http://${name}:${password}@127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private admits(request: http.IncomingMessage): boolean {
    const wanted = `Basic ${Buffer.from(`${this.name}:${this.password}`).toString('base64')}`;
    if (request.headers['proxy-authorization'] === wanted) return true;
    this.refused++;
    return false;
  }

  private tunnel(request: http.IncomingMessage, socket: net.Socket): void {
    if (!this.admits(request)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    this.passed.push(`CONNECT ${request.url ?? ''}`);
    const [host = '', port = '443'] = (request.url ?? '').split(':');
    const target = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  }
}
