// Which files a VSIX must hold and may hold, and the largest size that it may have.
import { nativeFolder } from './target.mjs';

export const maxVsixBytes = 90_000_000;

/** Files that every VSIX must hold, below `extension/`. */
const required = (target) => [
  'package.json',
  'package.nls.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/extension.js',
  'dist/encodings.js',
  'dist/languages.js',
  'dist/yaml.js',
  'dist/toml.js',
  'dist/csv.js',
  'dist/stringify.js',
  'dist/zip.js',
  'dist/tar.js',
  'dist/tokenizers.js',
  'dist/mcp.js',
  'dist/texts.js',
  'dist/worker.js',
  'dist/cli.js',
  'dist/ThirdPartyNotices.txt',
  'dist/media/tags.js',
  'dist/media/tags-style.css',
  'dist/media/table.js',
  'dist/media/table-style.css',
  'dist/media/report.js',
  'dist/media/report-style.css',
  'dist/node_modules/onnxruntime-common/package.json',
  'dist/node_modules/onnxruntime-common/dist/cjs/index.js',
  'dist/node_modules/onnxruntime-node/package.json',
  'dist/node_modules/onnxruntime-node/dist/index.js',
  `dist/node_modules/onnxruntime-node/${nativeFolder(target)}/onnxruntime_binding.node`,
  'training/requirements.txt',
  'training/needs.txt',
  // Those that `adapt` reads: glitag_train/adapt/rehearsal.py.
  'training/written/a1.txt',
  'training/written/c1.txt',
  'training/written/f1.txt',
  'training/glitag_train/__main__.py',
  'training/glitag_train/attached.py',
  'training/glitag_train/missing.py',
  'models/glitag-small-en/README.md',
  'models/glitag-small-en/config.json',
  'models/glitag-small-en/tokenizer.json',
  'models/glitag-small-en/tokenizer_config.json',
  'models/glitag-small-en/onnx/encoder_q8.onnx',
];

/** Files that it may hold besides. */
const allowed = (target) => [
  /^dist\/media\/[\w-]+\.(js|css|ttf)$/,
  /^dist\/node_modules\/onnxruntime-common\/dist\/cjs\/[\w-]+\.js$/,
  /^dist\/node_modules\/onnxruntime-common\/dist\/cjs\/package\.json$/,
  /^dist\/node_modules\/onnxruntime-node\/dist\/[\w-]+\.js$/,
  new RegExp(`^dist/node_modules/onnxruntime-node/${nativeFolder(target)}/[^/]+$`),
  /^media\/icon\.(png|svg)$/,
  /^media\/walkthrough\/[\w-]+\.svg$/,
  /^training\/glitag_train\/(\w+\/)?\w+\.py$/,
  /^models\/glitag-small-en\/special_tokens_map\.json$/,
];

/**
 * @param {readonly string[]} names     paths in the VSIX
 * @param {string} target
 * @param {object} manifest             package.json, whose icons must be there
 * @returns {string[]} what is wrong, in words
 */
export function fileProblems(names, target, manifest) {
  const files = names.filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
  const wanted = [...required(target), ...mediaOf(manifest)];
  const missing = wanted.filter((file) => !files.includes(file)).map((file) => `${file} is missing`);
  const surplus = files.filter((file) => !wanted.includes(file) && !allowed(target).some((known) => known.test(file)));
  return [...missing, ...surplus.map((file) => `${file} does not belong into the package`)];
}

/** Every file of media/ that the manifest names. */
function mediaOf(value) {
  if (typeof value === 'string') return value.startsWith('media/') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(mediaOf);
}
