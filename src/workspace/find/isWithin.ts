// Whether a place is in a folder, or in a file.

/** By URI: the folder or file itself, anything below it, or a part of it. */
export function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`) || uri.startsWith(`${folder}#`);
}
