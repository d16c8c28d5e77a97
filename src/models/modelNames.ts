// Names of installed models, and how models of the hub are called.
import { embeddedName } from '../core/labelSet';
import { AppError } from '../shared/errors';

/** A model of the hub: `owner/name`, or `owner/name@revision`. */
export interface HubReference {
  readonly id: string;
  /** Branch, tag or commit. */
  readonly revision: string;
}

const part = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?$/u;
/** Files that Windows keeps for devices. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** Whether an installed model may have this name: `name` or `owner/name`, as on the hub. */
export function isModelName(name: string): boolean {
  const parts = name.split('/');
  return (
    parts.length <= 2 &&
    name.toLowerCase() !== embeddedName &&
    parts.every((one) => part.test(one) && !one.includes('..') && !one.includes('--') && !device.test(one))
  );
}

/** Name of the model's folder in the store: one for each name, and never a path. @throws AppError input-invalid. */
export function folderNameOf(name: string): string {
  if (!isModelName(name))
    throw new AppError(
      'input-invalid',
      `“${name}” cannot be the name of a model. A name is made of letters, digits, “.”, “_” and “-”, with at most one “/”, such as “owner/name”; “${embeddedName}” is the built-in model.`,
    );
  // No name holds two hyphens in a row.
  return name.replace('/', '--');
}

/** @throws AppError input-invalid. */
export function parseHubReference(text: string): HubReference {
  const [id = '', revision = 'main', ...more] = text.split('@');
  if (!isModelName(id) || !id.includes('/') || more.length > 0 || !isRevision(revision))
    throw new AppError(
      'input-invalid',
      `“${text}” is no model of the hub. Write owner/name, or owner/name@revision, where the revision is a branch, a tag or a commit.`,
    );
  return { id, revision };
}

function isRevision(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$/u.test(text) && !text.includes('..');
}
