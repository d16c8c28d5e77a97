// What people decided on tags, for the server: read from a file that others may be writing, anew for each call.
import { AppError } from '../../shared/errors';
import { DecidedDocuments, readDecided } from '../decide/decidedDocuments';
import { decidedFolders, type DecidedFolders } from '../decide/decidedFolders';
import { checkDecisionsName } from '../decide/decisionsHome';

export interface ServerDecisionsOptions {
  /** JSON Lines or SQLite, as `glitag decide` keeps them. */
  readonly decisions?: string;
  readonly decisionsFolder?: readonly string[];
}

export class ServerDecisions {
  private constructor(
    /** Null where tags are the model's alone. */
    private readonly file: string | null,
    private readonly folders: DecidedFolders,
  ) {}

  /** Throws AppError input-invalid. */
  static of({ decisions, decisionsFolder }: ServerDecisionsOptions): ServerDecisions {
    if (decisions !== undefined) checkDecisionsName(decisions);
    else if (decisionsFolder)
      throw new AppError(
        'input-invalid',
        '--decisions-folder says what paths in --decisions are relative to: name both.',
      );
    return new ServerDecisions(decisions ?? null, decidedFolders(decisionsFolder));
  }

  /** What counts under a label set, by its name. Throws AppError. */
  async under(set: string): Promise<DecidedDocuments> {
    return this.file === null ? new DecidedDocuments([]) : readDecided(this.file, set, this.folders);
  }
}
