// Puts onnxruntime-node beside the bundles: it loads its library by a computed path, so it cannot be bundled itself.
import fs from 'node:fs';
import path from 'node:path';
import { inRepo } from './paths.mjs';
import { nativeFolder } from './target.mjs';

const destination = inRepo('dist/node_modules');

/** Packages that are shipped as they are, with the files of them that are needed at run time. */
const shipped = (target) => ({
  'onnxruntime-node': (file) =>
    file === 'package.json' || /^dist\/[^/]+\.js$/.test(file) || file.startsWith(`${nativeFolder(target)}/`),
  'onnxruntime-common': (file) => file === 'package.json' || /^dist\/cjs\/.*(\.js|package\.json)$/.test(file),
});

/** The same library under its full version; the binding asks for libonnxruntime.1.dylib. */
const isDuplicate = (file) => /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(file);

/** Copies what `target` needs into dist/node_modules. Returns the names of the packages. */
export function placeNative(target) {
  removeNative();
  const packages = Object.entries(shipped(target));
  for (const [name, needed] of packages) {
    const from = inRepo('node_modules', name);
    for (const found of fs.readdirSync(from, { recursive: true })) {
      const file = found.split(path.sep).join('/');
      if (!needed(file) || isDuplicate(file)) continue;
      const to = path.join(destination, name, file);
      fs.mkdirSync(path.dirname(to), { recursive: true });
      fs.copyFileSync(path.join(from, file), to);
    }
  }
  return packages.map(([name]) => name);
}

/** A checkout uses the packages in its own node_modules: a copy left in dist would hide a newer one. */
export function removeNative() {
  fs.rmSync(destination, { recursive: true, force: true });
}
