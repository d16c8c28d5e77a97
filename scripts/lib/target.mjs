// The platforms for which a VSIX can be made: those that onnxruntime-node ships native libraries for.
import fs from 'node:fs';
import { inRepo } from './paths.mjs';

/** VS Code's name of the platform that this Node runs on, such as linux-x64 or alpine-x64. */
export function currentTarget() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}

/** Where onnxruntime-node keeps the libraries of a platform. Throws where it has none. */
export function nativeFolder(target) {
  const folder = `bin/napi-v6/${target.replace('-', '/')}`;
  if (!fs.existsSync(inRepo('node_modules/onnxruntime-node', folder))) {
    const binaries = inRepo('node_modules/onnxruntime-node/bin/napi-v6');
    const known = fs
      .readdirSync(binaries)
      .flatMap((os) => fs.readdirSync(`${binaries}/${os}`).map((a) => `${os}-${a}`));
    throw new Error(`onnxruntime-node has no libraries for ${target}, only for ${known.join(', ')}`);
  }
  return folder;
}
