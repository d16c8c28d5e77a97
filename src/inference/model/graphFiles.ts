// Which .onnx file of a model folder is used, and that no file of a model lies outside its folder.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';

/**
 * Ends of file names, best first: full precision gives upstream's numbers, fp16 nearly, 8 bits are smaller and faster (`_q8`
 * before the others: our own graphs, whose rows may share a pass).
 * A user who wants another file names it (the path of the .onnx file in place of the folder).
 */
const variants = [
  '',
  '_fp16',
  '_q8',
  '_quantized',
  '_int8',
  '_uint8',
  '_quint8_avx2',
  '_qint8_avx512_vnni',
  '_bnb4',
  '_q4',
  '_q4f16',
] as const;
const stems = ['model', 'encoder'] as const;
const folders = ['onnx/', ''] as const;

/**
 * Of a model's .onnx files the one to use: `onnx/` before the folder itself, `model` before `encoder`, full precision first; else the
 * only one there is. Null where there is none, or where several have unknown names.
 * @param names Relative to the model's folder, with “/”.
 */
export function preferredGraph(names: readonly string[]): string | null {
  for (const variant of variants)
    for (const stem of stems)
      for (const sub of folders) {
        const name = `${sub}${stem}${variant}.onnx`;
        if (names.includes(name)) return name;
      }
  const [only, ...others] = names;
  return others.length === 0 ? (only ?? null) : null;
}

/** Whether a name, relative to the model's folder, is of a place where graphs are looked for. */
export function isGraphName(name: string): boolean {
  return folders.some((sub) => name.startsWith(sub) && /^[^/]+\.onnx$/u.test(name.slice(sub.length)));
}

/**
 * The .onnx file to use; see `preferredGraph`.
 * @throws AppError model-missing where there is none, or where several have unknown names.
 */
export function chooseGraphFile(folder: string): string {
  const names = folders.flatMap((sub) => onnxFiles(path.join(folder, sub)).map((name) => `${sub}${name}`));
  const chosen = preferredGraph(names);
  if (chosen !== null) return path.join(folder, chosen);
  if (names.length === 0)
    throw new AppError(
      'model-missing',
      `There is no .onnx file in ${folder} or its onnx folder. GLiTag runs ONNX exports of GLiClass models.`,
    );
  throw new AppError(
    'model-missing',
    `${folder} holds several .onnx files (${names.map((name) => path.basename(name)).join(', ')}). ` +
      'Give the path of the one to use in place of the folder.',
  );
}

function onnxFiles(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.onnx'))
    .sort();
}

/**
 * The folder in which all files of a model must lie: its own, links resolved. In a Hugging Face cache
 * (`models--owner--name/snapshots/REVISION`) files are links into `blobs`, so there it is the repository's folder.
 */
export function containmentRoot(folder: string): string {
  const real = fs.realpathSync(folder);
  const repository = path.dirname(path.dirname(real));
  const isSnapshot = path.basename(path.dirname(real)) === 'snapshots';
  return isSnapshot && path.basename(repository).startsWith('models--') ? repository : real;
}

/**
 * Refuses a file that, with links resolved, does not lie below `root`, and what is no file: to read a pipe would wait for ever. The path
 * itself stays in use: ONNX Runtime looks for weights beside the name it is given.
 * @throws AppError model-outside-folder for one outside; model-missing where a link leads nowhere, or to no file.
 */
export function checkInside(root: string, file: string): void {
  let real: string;
  try {
    real = fs.realpathSync(file);
  } catch (cause) {
    throw new AppError('model-missing', `${file} is missing, or a link that leads nowhere.`, { cause });
  }
  const relative = path.relative(root, real);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
    throw new AppError(
      'model-outside-folder',
      `${file} is a link to ${real}, outside the model's folder ${root}. Copy the file into the folder.`,
    );
  if (!fs.statSync(real).isFile())
    throw new AppError('model-missing', `${file} is a folder, or no plain file. Put the model's own file there.`);
}
