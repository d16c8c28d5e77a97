// What people decided on tags, for the server: read from a file that others may be writing, anew for each call.
import { AppError } from '../../shared/errors';
import { DecidedDocuments, readDecided } from '../decide/decidedDocuments';
import { decidedFolders, type DecidedFolders } from '../decide/decidedFolders';
import { checkDecisionsName } from '../decide/decisionsHome';
import type { OwnFiles } from '../tag/ownFiles';

export interface ServerDecisionsOptions {
  /** JSON Lines or SQLite, as `glitag decide` keeps them. */
  readonly decisions?: string;
  readonly decisionsFolder?: readonly string[];
  /** Label set under which the labels of --labels are decided on, where that is another name than theirs. */
  readonly set?: string;
}

export class ServerDecisions {
  private constructor(
    /** Null where tags are the model's alone. */
    private readonly file: string | null,
    private readonly folders: DecidedFolders,
    private readonly set: string | undefined,
  ) {}

  /** Throws AppError input-invalid. */
  static of({
    decisions,
    decisionsFolder,
    set,
    settings,
  }: ServerDecisionsOptions & Pick<OwnFiles, 'settings'>): ServerDecisions {
    if (set !== undefined && (decisions === undefined || settings !== undefined))
      throw new AppError('input-invalid', '--set goes with --decisions and --labels.');

    if (decisions !== undefined) checkDecisionsName(decisions);
    else if (decisionsFolder)
      throw new AppError(
        'input-invalid',
        '--decisions-folder says what paths in --decisions are relative to: name both.',
      );
    return new ServerDecisions(decisions ?? null, decidedFolders(decisionsFolder), set);
  }

  /** What counts under a label set, by its name. Throws AppError. */
  async under(set: string): Promise<DecidedDocuments> {
    return this.file === null ? new DecidedDocuments([]) : readDecided(this.file, this.set ?? set, this.folders);
  }
}
